package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.PackRow;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ForwardingFiles;
import dev.dray.store.filesystem.SkippedSync;
import dev.dray.store.layer.SplitOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Blobs that were split, proven and robbed of their files survive a power failure at any moment; and one of the
/// syncs or the proof missing would show.
final class LayerCrashTest {
    private static final int SEEDS = 8;
    private static final int WRITERS = 3;

    @TempDir
    Path parent;

    @Test
    void blobsMadeFromRecipesSurviveAPowerFailure(TestReporter reporter) throws Exception {
        int recipes = 0;
        for (int round = 0; round < Crashes.ROUNDS; round++) {
            Crash crash = crash(Crashes.SEED + round, UnaryOperator.identity());

            assertThat(crash.lost()).as("lost with seed %d", crash.seed()).isEmpty();
            assertThat(crash.strays())
                    .as("files without a row, seed %d", crash.seed())
                    .isEmpty();
            recipes += crash.recipes();
        }
        assertThat(recipes).isGreaterThan(Crashes.ROUNDS);
        reporter.publishEntry("blobs made from recipes", Crashes.line(recipes));
    }

    @ParameterizedTest
    @EnumSource(SkippedSync.Step.class)
    void withoutOneOfTheSyncsTheyDoNot(SkippedSync.Step step) throws Exception {
        Set<Digest> lost = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS && lost.isEmpty(); seed++) {
            lost.addAll(crash(seed, files -> new SkippedSync(files, step)).lostRecipes());
        }
        assertThat(lost).isNotEmpty();
    }

    @Test
    void diskThatWritesWrongBitsCostsNoBlobItsFile() throws IOException {
        Set<Digest> kept = new TreeSet<>();
        try (Store store = Store.open(
                parent.resolve("store"),
                StoreKind.ENGINE,
                StoreOptions.standard().withFiles(new FlippingFiles(Disk.standard())))) {
            for (int i = 0; i < 12; i++) {
                byte[] blob = LayerSamples.tar(i, 12);
                Digest digest = Samples.publish(store, APP, blob);
                try {
                    store.layers().prove(digest);
                    store.layers().dropFile(digest);
                } catch (DrayException e) {
                    assertThat(e.kind()).isEqualTo(DrayException.Kind.CORRUPT);
                    kept.add(digest);
                }
                assertThat(isWhole(store, digest)).as("blob %d", i).isTrue();
            }
        }
        assertThat(kept).isNotEmpty();
    }

    /// @param recipes blobs without a file afterwards
    /// @param lost acknowledged or recorded, and not there with the right bytes afterwards
    /// @param lostRecipes of them, those without a file
    /// @param strays files that no row names after the next start
    private record Crash(long seed, int recipes, Set<Digest> lost, Set<Digest> lostRecipes, List<Path> strays) {}

    private Crash crash(long seed, UnaryOperator<FileOperations> skipping) throws Exception {
        Random random = new Random(seed);
        Path before = parent.resolve("before-" + seed);
        Path after = parent.resolve("after-" + seed);
        Store.open(before, StoreKind.ENGINE).close();
        CrashingFiles files =
                new CrashingFiles(Disk.standard(), parent.resolve("graves-" + seed), seed, 60 + random.nextInt(150));
        Set<Digest> acknowledged = ConcurrentHashMap.newKeySet();
        try (Store store =
                Store.open(before, StoreKind.ENGINE, StoreOptions.standard().withFiles(skipping.apply(files)))) {
            keepLayersUntilThePowerFails(store, seed, acknowledged);
            files.losePower();
            StoreCopy.of(before, after);
        }
        try (Store store = Store.open(after, StoreKind.ENGINE)) {
            return found(store, seed, acknowledged);
        }
    }

    private static void keepLayersUntilThePowerFails(Store store, long seed, Set<Digest> acknowledged)
            throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            writers.add(Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        keepLayer(store, random, acknowledged);
                    }
                } catch (IOException powerFailed) {
                    // the split broke off
                } catch (DrayException powerFailed) {
                    assertThat(powerFailed.kind()).isEqualTo(DrayException.Kind.UNAVAILABLE);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /// Few layers share many contents.
    private static void keepLayer(Store store, Random random, Set<Digest> acknowledged) throws IOException {
        byte[] tar = LayerSamples.tar(random.nextInt(4), 2 + random.nextInt(20));
        byte[] blob = random.nextInt(4) == 0 ? LayerSamples.gzip(tar) : tar;
        Optional<SplitOutcome> split =
                random.nextBoolean() ? Optional.of(LayerSamples.split(store, blob)) : Optional.empty();
        Digest digest = Samples.publish(store, APP, blob);
        acknowledged.add(digest);
        if (split.isPresent() && split.get() instanceof SplitOutcome.Split done) {
            store.layers().prove(digest, done);
        } else {
            store.layers().prove(digest);
        }
        store.layers().dropFile(digest);
        if (random.nextInt(4) == 0) {
            store.layers().restoreFile(digest);
        }
    }

    private static Crash found(Store store, long seed, Set<Digest> acknowledged) throws IOException {
        Set<Digest> expected = new TreeSet<>(acknowledged);
        Set<Digest> recipes = new TreeSet<>();
        for (BlobRow row : rows(store)) {
            expected.add(row.digest());
            if (row.location() instanceof BlobLocation.Rebuilt) {
                recipes.add(row.digest());
            }
        }
        int count = recipes.size();
        expected.removeIf(digest -> isWhole(store, digest));
        recipes.retainAll(expected);
        return new Crash(seed, count, expected, recipes, strays(store));
    }

    private static List<BlobRow> rows(Store store) {
        return store.catalog().read(tx -> tx.repository(APP).links().list(Optional.empty(), 10_000));
    }

    private static boolean isWhole(Store store, Digest digest) {
        Optional<Blob> blob = store.blobs().find(APP, digest);
        try {
            return blob.isPresent() && Digest.sha256(Samples.read(blob.get())).equals(digest);
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> strays(Store store) throws IOException {
        Set<Path> owned = new TreeSet<>();
        for (BlobRow row : rows(store)) {
            store.blobs().open(row).flatMap(Blob::file).ifPresent(owned::add);
        }
        Path packs = store.folder().resolve("packs");
        for (PackRow pack : store.catalog().read(tx -> tx.packs().list(0, 10_000))) {
            owned.add(packs.resolve(pack.file()));
        }
        List<Path> files = new ArrayList<>(Samples.files(store.folder()));
        try (Stream<Path> all = Files.list(packs)) {
            all.forEach(files::add);
        }
        files.removeIf(owned::contains);
        return files;
    }

    /// A disk that now and then writes a wrong bit into a pack.
    private static final class FlippingFiles extends ForwardingFiles {
        private int writes;

        FlippingFiles(FileOperations files) {
            super(files);
        }

        @Override
        public WritableFile open(Path file) throws IOException {
            return new ForwardingFile(super.open(file)) {
                @Override
                public void write(ByteBuffer slab) throws IOException {
                    byte[] bytes = new byte[slab.remaining()];
                    slab.get(bytes);
                    boolean isFrame = bytes.length > 4 && bytes[0] == 0x28 && (bytes[1] & 0xff) == 0xb5;
                    if (isFrame && ++writes % 4 == 0) {
                        bytes[bytes.length / 2] ^= 8;
                    }
                    super.write(ByteBuffer.wrap(bytes));
                }
            };
        }
    }
}
