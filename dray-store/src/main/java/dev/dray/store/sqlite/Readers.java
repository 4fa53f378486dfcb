package dev.dray.store.sqlite;

import dev.dray.store.jdbc.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Connections for reading, and the platform threads on which virtual threads read: a call into SQLite would pin
/// the carrier. A caller that is a platform thread reads on its own. Thread safe; connections and threads are made
/// when they are first needed.
final class Readers implements AutoCloseable {
    private final Connections connections;
    private final int most;
    private final Semaphore permits;
    private final Deque<Session> idle = new ArrayDeque<>();
    private final ExecutorService threads;
    private volatile boolean closed;

    Readers(Connections connections, int most) {
        this.connections = connections;
        this.most = most;
        this.permits = new Semaphore(most);
        this.threads = Executors.newFixedThreadPool(
                most, Thread.ofPlatform().daemon().name("store-reader-", 0).factory());
    }

    /// Runs `reading` in a transaction of its own.
    <T> T read(Function<Session, T> reading) {
        return untransacted(session -> {
            session.update("BEGIN");
            try {
                return reading.apply(session);
            } finally {
                session.update("ROLLBACK");
            }
        });
    }

    /// Runs `reading` on a connection, each statement for itself.
    <T> T untransacted(Function<Session, T> reading) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        return Thread.currentThread().isVirtual()
                ? Outcome.of(threads, () -> onThisThread(reading)).await()
                : onThisThread(reading);
    }

    private <T> T onThisThread(Function<Session, T> reading) {
        permits.acquireUninterruptibly();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            Session session = take();
            try {
                return reading.apply(session);
            } finally {
                give(session);
            }
        } finally {
            permits.release();
        }
    }

    private Session take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return connections.reading();
    }

    private void give(Session session) {
        synchronized (idle) {
            idle.push(session);
        }
    }

    /// Waits for what is being read.
    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(most);
        synchronized (idle) {
            idle.forEach(Session::close);
            idle.clear();
        }
        permits.release(most);
        threads.shutdown();
    }
}
