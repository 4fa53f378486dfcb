package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
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

/// Lets the power fail amid several writers of a store, and looks at what the next start finds.
///
/// @param changes how many changes of the disk may come before the power fails, beside the first sixty
/// @param work what each writer does over and over; it acknowledges the blobs that must survive
record CrashRounds(Path parent, StoreKind kind, int writers, int changes, Work work) {
    private static final int FIRST_CHANGES = 60;

    /// Something that a writer does.
    @FunctionalInterface
    interface Work {
        void once(Store store, Random random, Set<Digest> acknowledged) throws IOException;
    }

    /// What the next start found.
    ///
    /// @param digests acknowledged or recorded
    /// @param rows that were recorded
    /// @param lost of the digests, those not there with the right bytes
    /// @param strays files that no row names
    record Crash(
            long seed,
            int acknowledged,
            Set<Digest> digests,
            List<BlobTable.Row> rows,
            Set<Digest> lost,
            List<Path> strays) {
        void lostNothing() {
            assertThat(lost).as("lost with seed %d", seed).isEmpty();
            assertThat(strays).as("files without a row, seed %d", seed).isEmpty();
        }
    }

    Crash crash(long seed) throws Exception {
        return crash(seed, UnaryOperator.identity());
    }

    /// @param skipping makes of the disk one that leaves something out
    Crash crash(long seed, UnaryOperator<FileOperations> skipping) throws Exception {
        Path before = parent.resolve("before-" + seed);
        Path after = parent.resolve("after-" + seed);
        TestStores.open(before, kind).close();
        int last = FIRST_CHANGES + new Random(seed).nextInt(changes);
        CrashingFiles files = new CrashingFiles(Disk.standard(), parent.resolve("graves-" + seed), seed, last);
        Set<Digest> acknowledged = ConcurrentHashMap.newKeySet();
        try (Store store = TestStores.open(before, kind, StoreOptions.standard().withFiles(skipping.apply(files)))) {
            workUntilThePowerFails(store, seed, acknowledged);
            files.losePower();
            StoreCopy.of(before, after);
        }
        try (Store store = TestStores.open(after, kind)) {
            return found(store, seed, acknowledged);
        }
    }

    private void workUntilThePowerFails(Store store, long seed, Set<Digest> acknowledged) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            Random random = new Random(seed + i);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        work.once(store, random, acknowledged);
                    }
                } catch (IOException powerFailed) {
                    // the work broke off
                } catch (DrayException powerFailed) {
                    assertThat(powerFailed.kind()).isEqualTo(DrayException.Kind.UNAVAILABLE);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Crash found(Store store, long seed, Set<Digest> acknowledged) throws IOException {
        List<BlobTable.Row> rows =
                store.catalog().read(tx -> tx.repository(APP).links().list(Optional.empty(), 10_000));
        Set<Digest> digests = new TreeSet<>(acknowledged);
        rows.forEach(row -> digests.add(row.digest()));
        Set<Digest> lost = new TreeSet<>(digests);
        lost.removeIf(digest -> isWhole(store, digest));
        return new Crash(seed, acknowledged.size(), digests, rows, lost, strays(store, rows));
    }

    static boolean isWhole(Store store, Digest digest) {
        Optional<Blob> blob = store.blobs().find(APP, digest);
        try {
            return blob.isPresent() && Digest.sha256(Samples.read(blob.get())).equals(digest);
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> strays(Store store, List<BlobTable.Row> rows) throws IOException {
        Set<Path> owned = new TreeSet<>();
        for (BlobTable.Row row : rows) {
            store.blobs().open(row).flatMap(Blob::file).ifPresent(owned::add);
        }
        Path packs = store.folder().resolve("packs");
        for (PackTable.Row pack : store.catalog().read(tx -> tx.packs().list(0, 10_000))) {
            owned.add(packs.resolve(pack.file()));
        }
        List<Path> files = new ArrayList<>(Samples.files(store.folder()));
        if (Files.exists(packs)) {
            try (Stream<Path> all = Files.list(packs)) {
                all.forEach(files::add);
            }
        }
        files.removeIf(owned::contains);
        return files;
    }
}
