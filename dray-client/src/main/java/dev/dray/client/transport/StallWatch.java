package dev.dray.client.transport;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Aborts requests whose body stalls: a blocked write to a socket has no timeout of its own.
final class StallWatch implements AutoCloseable {
    private final Duration longestSilence;
    private final Set<Sending> sendings = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dray-client-stalls").factory());

    StallWatch(Duration longestSilence) {
        this.longestSilence = longestSilence;
        long period = Math.clamp(longestSilence.toMillis() / 4, 10, 5000);
        var _ = clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /// A body being sent.
    final class Sending implements AutoCloseable {
        private final Runnable breakOff;
        private volatile long lastMoved = System.nanoTime();

        Sending(Runnable breakOff) {
            this.breakOff = breakOff;
        }

        void moved() {
            lastMoved = System.nanoTime();
        }

        @Override
        public void close() {
            sendings.remove(this);
        }
    }

    Sending watch(Runnable breakOff) {
        Sending sending = new Sending(breakOff);
        sendings.add(sending);
        return sending;
    }

    private void look() {
        long now = System.nanoTime();
        for (Sending sending : List.copyOf(sendings)) {
            if (now - sending.lastMoved > longestSilence.toNanos() && sendings.remove(sending)) {
                sending.breakOff.run();
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
