package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RepositoryName;
import dev.dray.seeds.Seeds;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    @TempDir
    Path folder;

    private final long seed = Seeds.of(CollectLayerRacesTest.class);

    @Test
    void noLayerIsLostToACollectorOfThisProcess() throws Exception {
        Set<CollectedKind> seen = ConcurrentHashMap.newKeySet();
        try (Store store = TestStores.open(folder, StoreKind.ENGINE)) {
            AgainstCollector.ofThisProcess(
                    () -> store.collector().collect(AgainstCollector.AT_ONCE, (kind, name, bytes) -> seen.add(kind)),
                    () -> work(store, () -> seen.containsAll(REMOVED_AND_REWRITTEN)));
            assertNothingIsLeft(store);
        }
        assertThat(seen).as("seed %d", seed).containsAll(REMOVED_AND_REWRITTEN);
    }

    @Test
    void noLayerIsLostToAnotherProcessThatIsKilledWhileItCollects() throws Exception {
        try (Store store = TestStores.open(folder, StoreKind.ENGINE)) {
            AgainstCollector.ofAnotherProcessThatIsKilled(folder, seed, 8, 30, seen -> work(store, seen));
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
        AgainstCollector.collect(store);
        for (Future<LayerWorkload> engine : engines) {
            engine.get().checkAll();
            engine.get().removeAll();
        }
    }

    private void assertNothingIsLeft(Store store) throws IOException, InterruptedException {
        try (Store fresh = TestStores.open(folder, StoreKind.ENGINE)) {
            AgainstCollector.collect(fresh);
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
}
