package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.store.check.CheckOptions;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.SkippedSync;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// The power fails while clients work and the collector removes and rewrites: what was acknowledged is there
/// afterwards,
/// and the next collection leaves nothing that nobody knows.
@Tag("share")
final class CollectCrashTest {
    private static final int SEEDS = 100;
    private static final Set<CollectedKind> REMOVED =
            EnumSet.of(CollectedKind.FILE, CollectedKind.PACK, CollectedKind.CONTENT);
    private static final CollectOptions AT_ONCE = CollectOptions.after(Duration.ZERO);
    private static final RepositoryName BLOBS = RepositoryName.parse("blobs");
    private static final RepositoryName LAYERS = RepositoryName.parse("layers");

    @TempDir
    Path parent;

    private final Set<CollectedKind> seen = ConcurrentHashMap.newKeySet();
    private int kept;

    @Test
    void nothingAcknowledgedIsLostToAPowerFailureWhileCollecting(TestReporter reporter) throws Exception {
        for (int round = 0; Crashes.more(round, seen.containsAll(REMOVED)); round++) {
            long seed = Crashes.SEED + round;
            assertThat(survives(seed, UnaryOperator.identity()))
                    .as("seed %d", seed)
                    .isTrue();
        }
        assertThat(seen).containsAll(REMOVED);
        reporter.publishEntry("images while collecting", Crashes.line(kept));
    }

    @Test
    void rewritingWithoutASyncOfThePackLosesSomething() throws Exception {
        boolean survives = true;
        for (long seed = 1; seed <= SEEDS && survives; seed++) {
            survives = survives(seed, files -> new SkippedSync(files, SkippedSync.Step.DATA));
        }
        assertThat(survives).isFalse();
    }

    private boolean survives(long seed, UnaryOperator<FileOperations> skipping) throws Exception {
        Random random = new Random(seed);
        Path before = parent.resolve("before-" + seed);
        Path after = parent.resolve("after-" + seed);
        TestStores.open(before, StoreKind.ENGINE).close();
        CrashingFiles files =
                new CrashingFiles(Disk.standard(), parent.resolve("graves-" + seed), seed, 150 + random.nextInt(250));
        CollectingWorkload blobs;
        LayerWorkload layers;
        try (Store store = TestStores.open(
                before, StoreKind.ENGINE, StoreOptions.standard().withFiles(skipping.apply(files)))) {
            blobs = new CollectingWorkload(store, seed, BLOBS, List.of(BLOBS));
            layers = new LayerWorkload(store, seed, LAYERS);
            untilThePowerFails(
                    () -> store.collector().collect(AT_ONCE, (kind, _, _) -> seen.add(kind)),
                    blobs::step,
                    layers::step);
            files.losePower();
            kept += blobs.count() + layers.count();
            StoreCopy.of(before, after);
        }
        try (Store store = TestStores.open(after, StoreKind.ENGINE)) {
            return isWhole(store, blobs, layers);
        }
    }

    private static boolean isWhole(Store store, CollectingWorkload blobs, LayerWorkload layers) throws IOException {
        try {
            blobs.checkAll(store);
            layers.checkAll(store);
            var _ = store.collector().collect(AT_ONCE, CollectListener.NONE);
            blobs.checkAll(store);
            layers.checkAll(store);
        } catch (AssertionError | DrayException | IOException lost) {
            return false;
        }
        return store.check().run(new CheckOptions(true, false)).findings().isEmpty();
    }

    /// Something that is done over and over.
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /// Does what clients do until each of them has failed, and meanwhile what the collector does.
    private static void untilThePowerFails(Step collecting, Step... clients) throws Exception {
        AtomicInteger failed = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.length + 1)) {
            List<Future<?>> working = new ArrayList<>();
            for (Step client : clients) {
                working.add(threads.submit(() -> {
                    try {
                        while (true) {
                            client.run();
                        }
                    } finally {
                        failed.incrementAndGet();
                    }
                }));
            }
            working.add(threads.submit(() -> {
                while (failed.get() < clients.length) {
                    collecting.run();
                }
                throw new IOException("there is nobody left to collect for");
            }));
            for (Future<?> work : working) {
                assertThatThrownBy(work::get).cause().isInstanceOfAny(IOException.class, DrayException.class);
            }
        }
    }
}
