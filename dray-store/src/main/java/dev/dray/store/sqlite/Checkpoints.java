package dev.dray.store.sqlite;

import dev.dray.store.jdbc.Session;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Moves what is in the write-ahead log into the database, on a thread of its own, so that no caller's commit pays
/// for it (sqlite.org/wal.html, "Checkpointing").
///
/// A passive checkpoint disturbs nobody, but under steady writing it never catches the log's end, and the log would
/// grow without bound. So beyond a size one checkpoint holds writers back for the short rest.
final class Checkpoints implements AutoCloseable {
    private static final int COMMITS_BETWEEN = 200;
    private static final long LARGEST_LOG_PAGES = 8192;

    private final Connections connections;
    private final Thread thread;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean closed;

    Checkpoints(Connections connections) {
        this.connections = connections;
        this.thread = Thread.ofPlatform().daemon().name("store-checkpoints").unstarted(this::run);
    }

    /// Notes a commit. Called by the writer alone.
    void committed() {
        if (pending.incrementAndGet() >= COMMITS_BETWEEN) {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            if (pending.get() >= COMMITS_BETWEEN) {
                pending.set(0);
                checkpoint();
            }
            LockSupport.park();
        }
    }

    private void checkpoint() {
        try (Session session = connections.writing()) {
            if (checkpoint(session, "PASSIVE") > LARGEST_LOG_PAGES) {
                checkpoint(session, "RESTART");
            }
        } catch (RuntimeException e) {
            // Nothing is lost: the log only goes on growing until the next one succeeds.
            System.getLogger(Checkpoints.class.getName())
                    .log(System.Logger.Level.WARNING, "a checkpoint of the catalog failed", e);
        }
    }

    /// @return pages in the log
    private static long checkpoint(Session session, String mode) {
        return session.first("PRAGMA wal_checkpoint(" + mode + ")", row -> row.number(2))
                .orElse(0L);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
