package dev.dray.engine;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs transfers side by side on platform threads, since they hash and write; the first failure ends the others.
final class Transfers {
    private static final int AT_ONCE = 5;

    private Transfers() {}

    /// One transfer.
    @FunctionalInterface
    interface Transfer<T> {
        void run(T what) throws IOException;
    }

    static <T> void inParallel(Collection<T> all, Transfer<T> transfer) throws IOException {
        if (all.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(AT_ONCE, all.size()),
                Thread.ofPlatform().name("transfer-", 0).daemon().factory());
        ExecutorCompletionService<Boolean> running = new ExecutorCompletionService<>(threads);
        List<Future<Boolean>> futures = new ArrayList<>();
        try (threads) {
            for (T what : all) {
                futures.add(running.submit(() -> {
                    transfer.run(what);
                    return true;
                }));
            }
            try {
                for (int i = 0; i < futures.size(); i++) {
                    running.take().get();
                }
            } finally {
                futures.forEach(future -> future.cancel(true));
            }
        } catch (ExecutionException e) {
            throw cause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(DrayException.Kind.CANCELLED, "the transfer was interrupted", e);
        }
    }

    private static RuntimeException cause(ExecutionException failure) throws IOException {
        return switch (failure.getCause()) {
            case DrayException e -> e;
            case IOException e -> throw e;
            case RuntimeException e -> e;
            case null, default -> new IllegalStateException("a transfer failed", failure);
        };
    }
}
