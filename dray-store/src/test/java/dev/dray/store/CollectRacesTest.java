package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.seeds.Seeds;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectedKind;
import dev.dray.store.fixture.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that upload, mount, reference, delete and lease against a collector without any grace: nothing that is
/// referenced or leased is lost, and what nobody needs is gone in the end.
final class CollectRacesTest {
    private static final int CLIENTS = 4;
    private static final int STEPS = 250;

    @TempDir
    Path folder;

    private final long seed = Seeds.of(CollectRacesTest.class);

    @Test
    void nothingThatIsNeededIsLostToACollectorOfThisProcess() throws Exception {
        AtomicLong freed = new AtomicLong();
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            AgainstCollector.ofThisProcess(
                    () -> {
                        freed.addAndGet(AgainstCollector.collect(store)
                                .of(CollectedKind.FILE)
                                .count());
                        store.collector().free(somePooled(), CollectListener.NONE);
                    },
                    () -> work(store, () -> freed.get() > 0));
            assertThat(freed).as("seed %d", seed).hasPositiveValue();
            assertNothingIsLeft(store);
        }
    }

    @Test
    void nothingThatIsNeededIsLostToAnotherProcessThatIsKilledWhileItCollects() throws Exception {
        try (Store store = TestStores.open(folder, StoreKind.REGISTRY)) {
            AgainstCollector.ofAnotherProcessThatIsKilled(folder, seed, 12, 10, seen -> work(store, seen));
            assertNothingIsLeft(store);
        }
    }

    /// @param seen what the clients go on for
    private void work(Store store, BooleanSupplier seen) throws Exception {
        List<RepositoryName> names = IntStream.range(0, CLIENTS)
                .mapToObj(i -> RepositoryName.parse("client-" + i))
                .toList();
        List<Future<CollectingWorkload>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                CollectingWorkload client = new CollectingWorkload(store, seed + i, names.get(i), names);
                clients.add(threads.submit(() -> {
                    Steps.run(STEPS, () -> client.acknowledged() > STEPS / 8 && seen.getAsBoolean(), client::step);
                    client.checkAll();
                    return client;
                }));
            }
        }
        int acknowledged = 0;
        for (Future<CollectingWorkload> client : clients) {
            client.get().checkAll();
            acknowledged += client.get().acknowledged();
        }
        assertThat(acknowledged).as("seed %d", seed).isGreaterThan(CLIENTS * STEPS / 8);
        AgainstCollector.collect(store);
        for (Future<CollectingWorkload> client : clients) {
            client.get().checkAll();
            client.get().deleteAll();
        }
    }

    private void assertNothingIsLeft(Store store) throws IOException, InterruptedException {
        // A process that was killed may still be on its way out.
        try (Store fresh = TestStores.open(folder, StoreKind.REGISTRY)) {
            AgainstCollector.collect(fresh);
            AgainstCollector.collect(fresh);
        }
        assertThat(Samples.files(folder)).as("seed %d", seed).isEmpty();
        store.catalog()
                .read(tx -> assertThat(tx.blobs().list(Optional.empty(), 10)))
                .isEmpty();
        store.catalog()
                .read(tx -> assertThat(tx.repositories(Optional.empty(), 10)))
                .isEmpty();
    }

    private static List<Digest> somePooled() {
        return IntStream.range(0, CollectingWorkload.POOL)
                .mapToObj(i -> Digest.sha256(CollectingWorkload.pooled(i)))
                .toList();
    }
}
