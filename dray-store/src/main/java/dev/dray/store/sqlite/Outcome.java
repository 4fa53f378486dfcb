package dev.dray.store.sqlite;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// What becomes of work that one thread hands to another. Thread safe.
final class Outcome<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    static <T> Outcome<T> of(Executor executor, Supplier<T> work) {
        Outcome<T> outcome = new Outcome<>();
        executor.execute(() -> outcome.run(work));
        return outcome;
    }

    private void run(Supplier<T> work) {
        try {
            complete(work.get());
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    void complete(T value) {
        future.complete(value);
    }

    void fail(Throwable failure) {
        future.completeExceptionally(failure);
    }

    /// Waits, whatever interrupts, and gives the value or throws the failure itself.
    T await() {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}
