package dev.dray.registry.server;

import dev.dray.http.ErrorListener;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.RegistrySettings;
import dev.dray.store.Store;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectedKind;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs the collector on a fixed delay, on its own thread. A run is skipped while another process holds the collector
/// claim.
final class CollectorTimer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final long WHEN_SHORT_SECONDS = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("collecting").factory());
    private final Store store;
    private final RegistrySettings settings;
    private final RegistryListener listener;
    private final ErrorListener errors;
    private volatile boolean closed;

    private CollectorTimer(Store store, RegistrySettings settings, RegistryListener listener, ErrorListener errors) {
        this.store = store;
        this.settings = settings;
        this.listener = listener;
        this.errors = errors;
    }

    static CollectorTimer start(
            Store store, RegistrySettings settings, RegistryListener listener, ErrorListener errors) {
        CollectorTimer collecting = new CollectorTimer(store, settings, listener, errors);
        long between = settings.betweenCollections().toMillis();
        var _ = collecting.timer.scheduleWithFixedDelay(collecting::run, between, between, TimeUnit.MILLISECONDS);
        var _ = collecting.timer.scheduleWithFixedDelay(
                collecting::runWhenShort, WHEN_SHORT_SECONDS, WHEN_SHORT_SECONDS, TimeUnit.SECONDS);
        return collecting;
    }

    /// A disk that is full does not wait for the hour.
    private void runWhenShort() {
        if (store.isShort()) {
            run();
        }
    }

    /// A failure is told and does not end the timer.
    private void run() {
        try {
            store.freeing(() -> store.collector().collect(settings.collecting(), new UntilClosed()))
                    .filter(report -> !report.amounts().isEmpty())
                    .ifPresent(listener::collected);
        } catch (IOException | RuntimeException e) {
            errors.failed("collecting what nobody needs", e);
        }
    }

    private final class UntilClosed implements CollectListener {
        @Override
        public void freed(CollectedKind kind, String name, long bytes) {}

        @Override
        public boolean goOn() {
            return !closed;
        }
    }

    /// Waits for the current step of a running collection.
    @Override
    public void close() {
        closed = true;
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
