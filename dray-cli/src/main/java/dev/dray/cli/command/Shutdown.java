package dev.dray.cli.command;

import java.util.concurrent.CountDownLatch;

/// Lets a command that runs until SIGTERM or SIGINT shut down in order: the JVM waits until this is closed, which the
/// command does last.
public final class Shutdown implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    public Shutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::holdUp, "shutdown"));
    }

    private void holdUp() {
        asked.countDown();
        try {
            finished.await();
        } catch (InterruptedException cut) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns when the process receives SIGTERM or SIGINT.
    public void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        finished.countDown();
    }
}
