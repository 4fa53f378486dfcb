package dev.dray.cli.command;

import java.util.concurrent.CountDownLatch;

/// Lets a command that runs until SIGTERM or SIGINT end in its own order: the JVM waits until this is closed, which the
/// command does last. To end so is what was asked for, and no failure: the status is 0.
public final class Shutdown implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    public Shutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::holdUp, "shutdown"));
    }

    /// A command that has ended before, and perhaps failed, has a status of its own.
    private void holdUp() {
        if (finished.getCount() == 0) {
            return;
        }
        asked.countDown();
        try {
            finished.await();
            Runtime.getRuntime().halt(0);
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
