package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RepositoryName;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectedKind;
import dev.dray.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Engines that split, prove, drop, read and remove layers against a collector without any grace that drops and
/// rewrites their packs: every layer comes back, and what nobody needs is gone in the end.
final class CollectLayerRacesTest {
    private static final int ENGINES = 2;
    private static final int STEPS = 60;
    private static final Set<CollectedKind> REMOVED_AND_REWRITTEN =
            EnumSet.of(CollectedKind.PACK, CollectedKind.REPACKED);
    private static final CollectOptions AT_ONCE = CollectOptions.after(Duration.ZERO);

    @TempDir
    Path folder;

    private final long seed = Seeds.of(CollectLayerRacesTest.class);

    @Test
    void noLayerIsLostToACollectorOfThisProcess() throws Exception {
        Set<CollectedKind> seen = ConcurrentHashMap.newKeySet();
        try (Store store = Store.open(folder, StoreKind.ENGINE);
                ExecutorService collecting = Executors.newSingleThreadExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            Future<Boolean> collector = collecting.submit(() -> {
                while (!over.get()) {
                    store.collector().collect(AT_ONCE, (kind, name, bytes) -> seen.add(kind));
                }
                return true;
            });
            try {
                work(store, () -> seen.containsAll(REMOVED_AND_REWRITTEN));
            } finally {
                over.set(true);
            }
            collector.get();
            assertNothingIsLeft(store);
        }
        assertThat(seen).as("seed %d", seed).containsAll(REMOVED_AND_REWRITTEN);
    }

    @Test
    void noLayerIsLostToAnotherProcessThatIsKilledWhileItCollects() throws Exception {
        try (Store store = Store.open(folder, StoreKind.ENGINE);
                ExecutorService killing = Executors.newSingleThreadExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger rounds = new AtomicInteger();
            Future<Boolean> killer = killing.submit(() -> {
                Random random = new Random(seed);
                while (!over.get()) {
                    try (OtherProcess other = OtherProcess.start("collect", folder)) {
                        for (int i = random.nextInt(8); i >= 0; i--) {
                            other.line();
                            rounds.incrementAndGet();
                        }
                        Thread.sleep(random.nextInt(30));
                    }
                }
                return true;
            });
            try {
                work(store, () -> rounds.get() > 0);
            } finally {
                over.set(true);
            }
            killer.get();
            assertThat(rounds).as("seed %d", seed).hasPositiveValue();
            assertNothingIsLeft(store);
        }
    }

    /// @param seen what the engines go on for
    private void work(Store store, BooleanSupplier seen) throws Exception {
        List<Future<LayerWorkload>> engines = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(ENGINES)) {
            for (int i = 0; i < ENGINES; i++) {
                LayerWorkload engine = new LayerWorkload(store, seed + i, RepositoryName.parse("engine-" + i));
                engines.add(threads.submit(() -> {
                    Steps.run(STEPS, () -> engine.dropped() > 0 && seen.getAsBoolean(), engine::step);
                    return engine;
                }));
            }
        }
        int dropped = 0;
        for (Future<LayerWorkload> engine : engines) {
            engine.get().checkAll();
            dropped += engine.get().dropped();
        }
        assertThat(dropped).as("seed %d", seed).isPositive();
        collect(store);
        for (Future<LayerWorkload> engine : engines) {
            engine.get().checkAll();
            engine.get().removeAll();
        }
    }

    private void assertNothingIsLeft(Store store) throws IOException, InterruptedException {
        try (Store fresh = Store.open(folder, StoreKind.ENGINE)) {
            collect(fresh);
        }
        assertThat(Samples.files(folder)).as("seed %d", seed).isEmpty();
        try (Stream<Path> packs = Files.list(folder.resolve("packs"))) {
            assertThat(packs.toList()).as("seed %d", seed).isEmpty();
        }
        store.catalog().read(tx -> assertThat(tx.layers().list(0, 10))).isEmpty();
        store.catalog()
                .read(tx -> assertThat(tx.contents().list(Optional.empty(), 10)))
                .isEmpty();
    }

    private static void collect(Store store) throws IOException, InterruptedException {
        var _ = Steps.await("a collection", () -> store.collector().collect(AT_ONCE, CollectListener.NONE));
    }
}
