package dev.dray.store.sqlite;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Catalog.Writing;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.catalog.UnknownOutcomeException;
import dev.dray.store.jdbc.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The one writer of a catalog: a platform thread with a connection of its own, which runs each change in a
/// savepoint and commits those that wait together with one sync of the disk.
///
/// There is no delay to gather a batch: what arrives while one commits is the next, so batches grow with the load
/// and a lone change never waits. Thread safe. Thread and connection are made at the first change.
final class GroupCommit implements AutoCloseable {
    /// So many changes at most share a commit: the first of them waits for all the others.
    private static final int LARGEST_BATCH = 256;

    private final Connections connections;
    private final Function<Session, Transaction> transactions;
    private final Runnable afterCommit;
    private final AtomicLong commits = new AtomicLong();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Change<?>> waiting = new ArrayDeque<>();
    private boolean closed;

    /// @param afterCommit called on the writer after each batch; must not block
    GroupCommit(Connections connections, Function<Session, Transaction> transactions, Runnable afterCommit) {
        this.connections = connections;
        this.transactions = transactions;
        this.afterCommit = afterCommit;
        this.thread = Thread.ofPlatform().daemon().name("store-writer").unstarted(this::run);
    }

    /// Runs `writing` and returns when it is durable.
    <T> T write(Writing<T> writing) {
        if (isCurrentThread()) {
            throw new IllegalStateException("a change of the catalog called the catalog again");
        }
        Change<T> change = new Change<>(writing);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            waiting.add(change);
            changed.signal();
        } finally {
            lock.unlock();
        }
        return change.await();
    }

    /// True inside a change.
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /// Commits so far.
    long commits() {
        return commits.get();
    }

    /// Changes that wait for their turn.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try (Session session = connections.writing()) {
            Transaction transaction = transactions.apply(session);
            for (List<Change<?>> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                commit(session, transaction, batch);
                afterCommit.run();
            }
        } catch (RuntimeException e) {
            for (List<Change<?>> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
                batch.forEach(change -> change.abandoned(e));
            }
        }
    }

    /// Waits for changes; none means that the writer is closed.
    private List<Change<?>> nextBatch() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Change<?>> batch = new ArrayList<>();
            while (batch.size() < LARGEST_BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void commit(Session session, Transaction transaction, List<Change<?>> batch) {
        try {
            session.update("BEGIN IMMEDIATE");
            for (Change<?> change : batch) {
                change.run(session, transaction);
            }
        } catch (RuntimeException | Error e) {
            rollBack(session, e);
            batch.forEach(change -> change.abandoned(e));
            return;
        }
        try {
            session.update("COMMIT");
            commits.incrementAndGet();
        } catch (RuntimeException e) {
            rollBack(session, e);
            batch.forEach(change -> change.abandoned(outcome(e)));
            return;
        }
        batch.forEach(Change::committed);
    }

    /// Without space the log has no end that a later start could find; after any other failure it may have one.
    private static RuntimeException outcome(RuntimeException e) {
        return e instanceof DrayException failure && failure.kind() != Kind.OUT_OF_SPACE
                ? new UnknownOutcomeException(failure)
                : e;
    }

    private static void rollBack(Session session, Throwable cause) {
        try {
            session.update("ROLLBACK");
        } catch (RuntimeException e) {
            // There is none to roll back: BEGIN failed, or SQLite rolled back by itself.
            cause.addSuppressed(e);
        }
    }

    /// Waits for the changes that were handed in before.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
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
