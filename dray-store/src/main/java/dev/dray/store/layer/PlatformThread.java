package dev.dray.store.layer;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Runs native and long work on a platform thread. It would hold the carrier of a virtual thread, so a virtual caller
/// waits for another thread to do it.
final class PlatformThread {
    private PlatformThread() {}

    /// @throws DrayException of kind CANCELLED when a virtual thread is interrupted while it waits; the work is
    ///     then interrupted as well
    static <T> T run(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread worker = Thread.ofPlatform().daemon().name("store-work").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            throw new DrayException(Kind.CANCELLED, "interrupted while a layer was worked on", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
