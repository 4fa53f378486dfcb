package dev.dray.layer.rebuild;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Platform threads that make stretches, and the memory in which these wait: shared by all runs of one rebuilder or
/// prover. Threads end when there is nothing to do. Thread safe.
public final class EncoderPool {
    /// The largest stretch that is made here, in plain or compressed bytes, and the memory that goes with a worker.
    static final long BUFFERED = 16L << 20;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int UNIT = 1 << 10;

    private final int workers;
    private final ThreadPoolExecutor threads;
    /// In units; those that ask do not wait.
    private final Semaphore room;

    /// @param workers how many threads encode at once, at least one
    public EncoderPool(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException(workers + " workers");
        }
        this.workers = workers;
        this.threads = new ThreadPoolExecutor(
                workers,
                workers,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("stretch-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
        this.room = new Semaphore(Math.toIntExact(memory(workers) / UNIT));
    }

    /// Bytes that all stretches together may take.
    static long memory(int workers) {
        return workers * BUFFERED;
    }

    int workers() {
        return workers;
    }

    /// Takes memory for a stretch, unless there is too little at the moment.
    boolean reserve(long bytes) {
        return room.tryAcquire(units(bytes));
    }

    /// Gives back what [#reserve] took.
    void release(long bytes) {
        room.release(units(bytes));
    }

    private static int units(long bytes) {
        return Math.toIntExact(bytes / UNIT + 1);
    }

    void start(FutureTask<?> task) {
        threads.execute(task);
    }

    /// Takes back a task that is not wanted any more; one that was begun is waited for.
    void withdraw(FutureTask<?> task) {
        if (threads.remove(task)) {
            return;
        }
        try {
            task.get();
        } catch (ExecutionException e) {
            return; // nobody wants to know
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
