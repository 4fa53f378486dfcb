package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.ForwardingFiles;
import dev.dray.store.filesystem.SkippedSync;
import dev.dray.store.fixture.TestStores;
import dev.dray.store.layer.SplitOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Blobs that were split, proven and robbed of their files survive a power failure at any moment; and one of the
/// syncs or the proof missing would show.
@Tag("share")
final class LayerCrashTest {
    private static final int SEEDS = 60;
    private static final int WRITERS = 3;

    @TempDir
    Path parent;

    @Test
    void blobsMadeFromRecipesSurviveAPowerFailure(TestReporter reporter) throws Exception {
        int recipes = 0;
        for (int round = 0; Crashes.more(round, recipes > Crashes.ROUNDS); round++) {
            CrashRounds.Crash crash = rounds().crash(Crashes.SEED + round);
            crash.lostNothing();
            recipes += recipes(crash).size();
        }
        assertThat(recipes).isGreaterThan(Crashes.ROUNDS);
        reporter.publishEntry("blobs made from recipes", Crashes.line(recipes));
    }

    @ParameterizedTest
    @EnumSource(SkippedSync.Step.class)
    void withoutOneOfTheSyncsTheyDoNot(SkippedSync.Step step) throws Exception {
        Set<Digest> lost = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS && lost.isEmpty(); seed++) {
            CrashRounds.Crash crash = rounds().crash(seed, files -> new SkippedSync(files, step));
            lost.addAll(recipes(crash));
            lost.retainAll(crash.lost());
        }
        assertThat(lost).isNotEmpty();
    }

    private CrashRounds rounds() {
        return new CrashRounds(parent, StoreKind.ENGINE, WRITERS, 150, LayerCrashTest::keepLayer);
    }

    /// Blobs without a file afterwards.
    private static Set<Digest> recipes(CrashRounds.Crash crash) {
        return crash.rows().stream()
                .filter(row -> row.location() instanceof BlobLocation.Rebuilt)
                .map(BlobTable.Row::digest)
                .collect(Collectors.toSet());
    }

    @Test
    void diskThatWritesWrongBitsCostsNoBlobItsFile() throws IOException {
        Set<Digest> kept = new TreeSet<>();
        try (Store store = TestStores.open(
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
                assertThat(CrashRounds.isWhole(store, digest)).as("blob %d", i).isTrue();
            }
        }
        assertThat(kept).isNotEmpty();
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
