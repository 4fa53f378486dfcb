package dev.dray.store.sqlite;

import dev.dray.store.catalog.Catalog.Writing;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.jdbc.Session;
import org.jspecify.annotations.Nullable;

/// One caller's change, on its way through a batch. The caller awaits the outcome; the rest is the writer's.
final class Change<T> {
    private final Writing<T> writing;
    private final Outcome<T> outcome = new Outcome<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    Change(Writing<T> writing) {
        this.writing = writing;
    }

    T await() {
        return outcome.await();
    }

    /// Runs the change in a savepoint of the open transaction. Its own failure ends with the savepoint.
    ///
    /// @throws RuntimeException when the failure has taken the whole transaction with it, as a full disk may
    void run(Session session, Transaction transaction) {
        session.update("SAVEPOINT change");
        try {
            result = writing.write(transaction);
        } catch (RuntimeException | Error e) {
            failure = e;
            rollBack(session, e);
        }
        session.update("RELEASE change");
    }

    private static void rollBack(Session session, Throwable cause) {
        try {
            session.update("ROLLBACK TO change");
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
            if (cause instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) cause;
        }
    }

    /// Tells the caller, now that the batch is durable.
    void committed() {
        T value = result;
        if (failure != null) {
            outcome.fail(failure);
        } else if (value != null) {
            outcome.complete(value);
        } else {
            outcome.fail(new NullPointerException("a change of the catalog gave no result"));
        }
    }

    /// Tells the caller that the batch came to nothing.
    void abandoned(Throwable cause) {
        outcome.fail(failure != null ? failure : cause);
    }
}
