package dev.dray.store;

import static dev.dray.store.Samples.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.SkippedSync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was acknowledged survives a power failure at any moment; and the simulated failure is one that would show
/// it if one of the syncs were missing.
final class CrashTest {
    private static final int SEEDS = 6;
    private static final int WRITERS = 4;

    @TempDir
    Path parent;

    @Test
    void acknowledgedBlobsSurviveAPowerFailure(TestReporter reporter) throws Exception {
        int acknowledged = 0;
        for (int round = 0; round < Crashes.ROUNDS; round++) {
            Crash crash = crash(Crashes.SEED + round, UnaryOperator.identity());

            assertThat(crash.lost()).as("lost with seed %d", crash.seed()).isEmpty();
            assertThat(crash.strays())
                    .as("files without a row, seed %d", crash.seed())
                    .isEmpty();
            acknowledged += crash.acknowledged();
        }
        assertThat(acknowledged).isGreaterThan(Crashes.ROUNDS);
        reporter.publishEntry("acknowledged blobs", Crashes.line(acknowledged));
    }

    @ParameterizedTest
    @EnumSource(SkippedSync.Step.class)
    void withoutOneOfTheSyncsTheyDoNot(SkippedSync.Step step) throws Exception {
        Set<Digest> lost = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            lost.addAll(crash(seed, files -> new SkippedSync(files, step)).lost());
        }
        assertThat(lost).isNotEmpty();
    }

    /// @param lost acknowledged or recorded, and not there with the right bytes afterwards
    /// @param strays files that no row names after the next start
    private record Crash(long seed, int acknowledged, Set<Digest> lost, List<Path> strays) {}

    private Crash crash(long seed, UnaryOperator<dev.dray.store.filesystem.FileOperations> skipping) throws Exception {
        Random random = new Random(seed);
        Path before = parent.resolve("before-" + seed);
        Path after = parent.resolve("after-" + seed);
        Store.open(before, StoreKind.REGISTRY).close();
        CrashingFiles files =
                new CrashingFiles(Disk.standard(), parent.resolve("graves-" + seed), seed, 60 + random.nextInt(200));
        Set<Digest> acknowledged = ConcurrentHashMap.newKeySet();
        try (Store store =
                Store.open(before, StoreKind.REGISTRY, StoreOptions.standard().withFiles(skipping.apply(files)))) {
            publishUntilThePowerFails(store, seed, acknowledged);
            files.losePower();
            StoreCopy.of(before, after);
        }
        try (Store store = Store.open(after, StoreKind.REGISTRY)) {
            return new Crash(seed, acknowledged.size(), lost(store, acknowledged), strays(store));
        }
    }

    private static void publishUntilThePowerFails(Store store, long seed, Set<Digest> acknowledged)
            throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(seed + i);
            writers.add(Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        byte[] content = Samples.bytes(random.nextLong(), 17_000 + random.nextInt(100_000));
                        acknowledged.add(Samples.publish(store, APP, content));
                    }
                } catch (DrayException powerFailed) {
                    assertThat(powerFailed.kind()).isEqualTo(DrayException.Kind.UNAVAILABLE);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static Set<Digest> lost(Store store, Set<Digest> acknowledged) {
        Set<Digest> expected = new TreeSet<>(acknowledged);
        store.catalog()
                .read(tx -> tx.repository(APP).links().list(Optional.empty(), 10_000))
                .forEach(row -> expected.add(row.digest()));
        expected.removeIf(digest -> isWhole(store, digest));
        return expected;
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
        for (BlobRow row : store.catalog().read(tx -> tx.repository(APP).links().list(Optional.empty(), 10_000))) {
            store.blobs().open(row).flatMap(Blob::file).ifPresent(owned::add);
        }
        return Samples.files(store.folder()).stream()
                .filter(file -> !owned.contains(file))
                .toList();
    }
}
