package dev.dray.layer.rebuild;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The platform threads that encode runs, and the memory in which finished runs wait: shared by all blobs of one
/// rebuilder or prover. Idle threads end. Thread safe.
public final class EncoderPool {
    /// The largest run that is encoded here, in plain or compressed bytes, and the memory for each worker.
    static final long BUFFERED = 16L << 20;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int UNIT = 1 << 10;

    private final int workers;
    private final ThreadPoolExecutor threads;
    /// In units; no caller waits for it.
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
                Thread.ofPlatform().daemon().name("segment-run-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
        this.room = new Semaphore(Math.toIntExact(memory(workers) / UNIT));
    }

    /// Bytes that all runs together may take.
    static long memory(int workers) {
        return workers * BUFFERED;
    }

    int workers() {
        return workers;
    }

    /// Reserves memory for a run; false when there is too little at the moment.
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

    /// Cancels a task, or waits for it to end when it has begun.
    void withdraw(FutureTask<?> task) {
        if (threads.remove(task)) {
            return;
        }
        try {
            task.get();
        } catch (ExecutionException e) {
            return; // a cancelled task has no result
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
