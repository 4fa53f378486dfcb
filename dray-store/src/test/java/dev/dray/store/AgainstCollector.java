package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Lets clients of a store work while a collector without any grace collects, in this process or in another that is
/// killed over and over.
final class AgainstCollector {
    static final CollectOptions AT_ONCE = CollectOptions.after(Duration.ZERO);

    private AgainstCollector() {}

    /// What one of the two does.
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /// What clients do, at least until the collector was seen at its work.
    @FunctionalInterface
    interface Clients {
        void run(BooleanSupplier seen) throws Exception;
    }

    /// Does `collecting` over and over until `clients` have done their work.
    static void ofThisProcess(Work collecting, Work clients) throws Exception {
        during(clients, over -> {
            while (!over.get()) {
                collecting.run();
            }
            return true;
        });
    }

    /// Another process collects while `clients` work, and is killed at some moment of some collection.
    ///
    /// @param collections how many it begins at most before it is killed
    /// @param delay how many milliseconds later at most
    static void ofAnotherProcessThatIsKilled(Path folder, long seed, int collections, int delay, Clients clients)
            throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        during(() -> clients.run(() -> rounds.get() > 0), over -> {
            Random random = new Random(seed);
            while (!over.get()) {
                try (OtherProcess other = OtherProcess.start("collect", folder)) {
                    for (int i = random.nextInt(collections); i >= 0; i--) {
                        other.line();
                        rounds.incrementAndGet();
                    }
                    Thread.sleep(random.nextInt(delay));
                }
            }
            return true;
        });
        assertThat(rounds).as("collections, seed %d", seed).hasPositiveValue();
    }

    private interface Opponent {
        boolean until(AtomicBoolean over) throws Exception;
    }

    private static void during(Work clients, Opponent opponent) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> done = thread.submit(() -> opponent.until(over));
            try {
                clients.run();
            } finally {
                over.set(true);
            }
            done.get();
        }
    }

    /// One whole collection; another collector of the store may be in the way at first.
    static CollectReport collect(Store store) throws IOException, InterruptedException {
        return Steps.await("a collection", () -> store.collector().collect(AT_ONCE, CollectListener.NONE));
    }
}
