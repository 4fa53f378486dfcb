package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import dev.dray.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final CollectOptions AT_ONCE = CollectOptions.after(Duration.ZERO);

    @TempDir
    Path folder;

    private final long seed = Seeds.of(CollectRacesTest.class);

    @Test
    void nothingThatIsNeededIsLostToACollectorOfThisProcess() throws Exception {
        try (Store store = Store.open(folder, StoreKind.REGISTRY)) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong freed = new AtomicLong();
            try (ExecutorService collecting = Executors.newSingleThreadExecutor()) {
                Future<?> collector = collecting.submit(() -> {
                    while (!over.get()) {
                        freed.addAndGet(collect(store).of(CollectedKind.FILE).count());
                        store.collector().free(somePooled(), CollectListener.NONE);
                    }
                    return true;
                });
                try {
                    work(store, () -> freed.get() > 0);
                } finally {
                    over.set(true);
                }
                collector.get();
            }
            assertThat(freed).as("seed %d", seed).hasPositiveValue();
            assertNothingIsLeft(store);
        }
    }

    @Test
    void nothingThatIsNeededIsLostToAnotherProcessThatIsKilledWhileItCollects() throws Exception {
        try (Store store = Store.open(folder, StoreKind.REGISTRY);
                ExecutorService killing = Executors.newSingleThreadExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger rounds = new AtomicInteger();
            Future<Boolean> killer = killing.submit(() -> {
                Random random = new Random(seed);
                while (!over.get()) {
                    try (OtherProcess other = OtherProcess.start("collect", folder)) {
                        for (int i = random.nextInt(12); i >= 0; i--) {
                            other.line();
                            rounds.incrementAndGet();
                        }
                        Thread.sleep(random.nextInt(10));
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
        collect(store);
        for (Future<CollectingWorkload> client : clients) {
            client.get().checkAll();
            client.get().deleteAll();
        }
    }

    private void assertNothingIsLeft(Store store) throws IOException, InterruptedException {
        // A process that was killed may still be on its way out.
        try (Store fresh = Store.open(folder, StoreKind.REGISTRY)) {
            collect(fresh);
            collect(fresh);
        }
        assertThat(Samples.files(folder)).as("seed %d", seed).isEmpty();
        store.catalog()
                .read(tx -> assertThat(tx.garbage().blobs(Optional.empty(), 10)))
                .isEmpty();
        store.catalog()
                .read(tx -> assertThat(tx.repositories(Optional.empty(), 10)))
                .isEmpty();
    }

    private static CollectReport collect(Store store) throws IOException, InterruptedException {
        return Steps.await("a collection", () -> store.collector().collect(AT_ONCE, CollectListener.NONE));
    }

    private static List<Digest> somePooled() {
        return IntStream.range(0, CollectingWorkload.POOL)
                .mapToObj(i -> Digest.sha256(CollectingWorkload.pooled(i)))
                .toList();
    }
}
