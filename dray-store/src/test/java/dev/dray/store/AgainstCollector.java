package dev.dray.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

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

    /// Does `collecting` over and over until `clients` have done their work.
    static void ofThisProcess(Work collecting, Work clients) throws Exception {
        during(clients, over -> {
            while (!over.get()) {
                collecting.run();
            }
            return 1;
        });
    }

    /// Another process collects while `clients` work, and is killed at some moment of some collection.
    ///
    /// @param collections how many it begins at most before it is killed
    /// @param delay how many milliseconds later at most
    static void ofAnotherProcessThatIsKilled(Path folder, long seed, int collections, int delay, Work clients)
            throws Exception {
        int rounds = during(clients, over -> {
            Random random = new Random(seed);
            int begun = 0;
            while (!over.get()) {
                try (OtherProcess other = OtherProcess.start("collect", folder)) {
                    for (int i = random.nextInt(collections); i >= 0; i--) {
                        other.line();
                        begun++;
                    }
                    Thread.sleep(random.nextInt(delay));
                }
            }
            return begun;
        });
        assertThat(rounds).isPositive();
    }

    private interface Opponent {
        int until(AtomicBoolean over) throws Exception;
    }

    private static int during(Work clients, Opponent opponent) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Integer> done = thread.submit(() -> opponent.until(over));
            try {
                clients.run();
            } finally {
                over.set(true);
            }
            return done.get();
        }
    }

    /// One whole collection; another collector of the store may be in the way at first.
    static CollectReport collect(Store store) throws IOException {
        Optional<CollectReport> report = Optional.empty();
        while (report.isEmpty()) {
            report = store.collector().collect(AT_ONCE, CollectListener.NONE);
        }
        return report.get();
    }
}
