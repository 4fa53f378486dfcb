package dev.dray.client.transfer;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a task for each of many elements, a bounded number concurrently. The first failure cancels pending tasks,
/// interrupts running ones, and is thrown when all have ended: no task outlives the call.
public final class TaskGroup {
    private TaskGroup() {}

    /// The task for one element.
    @FunctionalInterface
    public interface Task<T> {
        void run(T element) throws IOException;
    }

    /// Runs on virtual threads, for tasks that wait.
    ///
    /// @param atOnce most concurrent elements
    public static <T> void forEach(Collection<T> elements, int atOnce, Task<T> task) throws IOException {
        if (elements.size() == 1) {
            task.run(elements.iterator().next());
        } else {
            run(elements, atOnce, Executors.newVirtualThreadPerTaskExecutor(), task);
        }
    }

    /// Runs on platform threads, for tasks that hash and write files.
    ///
    /// @param atOnce most concurrent elements
    public static <T> void forEachOnPlatformThreads(Collection<T> elements, int atOnce, Task<T> task)
            throws IOException {
        ThreadFactory factory = Thread.ofPlatform().name("task-", 0).daemon().factory();
        run(elements, atOnce, Executors.newThreadPerTaskExecutor(factory), task);
    }

    /// @param pool gives each task a thread of its own, so that none is queued at shutdown
    private static <T> void run(Collection<T> elements, int atOnce, ExecutorService pool, Task<T> task)
            throws IOException {
        Semaphore permits = new Semaphore(atOnce);
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        try (ExecutorService threads = pool) {
            List<Future<?>> running = new ArrayList<>();
            try {
                for (T element : elements) {
                    permits.acquire();
                    if (failed.get() != null) {
                        break;
                    }
                    running.add(threads.submit(() -> {
                        try {
                            task.run(element);
                        } catch (IOException | RuntimeException | Error e) {
                            if (failed.compareAndSet(null, e)) {
                                threads.shutdownNow();
                            }
                            throw e;
                        } finally {
                            permits.release();
                        }
                        return null;
                    }));
                }
            } catch (RejectedExecutionException stopped) {
                // one has failed just now; what it failed with is thrown below
            } catch (InterruptedException e) {
                throw interrupted(threads, e);
            }
            await(running, threads, failed);
        }
    }

    private static void await(
            List<Future<?>> running, ExecutorService threads, AtomicReference<@Nullable Throwable> failed)
            throws IOException {
        Throwable first = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                first = e.getCause() == null ? e : e.getCause();
            } catch (CancellationException e) {
                first = e;
            } catch (InterruptedException e) {
                throw interrupted(threads, e);
            }
        }
        Throwable cause = failed.get(); // the others may have failed only because they were interrupted
        switch (cause == null ? first : cause) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable odd -> throw new UncheckedIOException(new IOException(odd));
        }
    }

    private static DrayException interrupted(ExecutorService threads, InterruptedException cause) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        return new DrayException(DrayException.Kind.CANCELLED, "the work was interrupted", cause);
    }
}
