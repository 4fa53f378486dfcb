package dev.dray.store.catalog;

import java.util.function.Consumer;

/// The metadata of a store: what there is, and who may reach it.
///
/// Every access is a closure over a [Transaction]. Thread safe; made to be called from virtual threads, the
/// closures run on platform threads of the catalog and must be short: no network, no waiting, and no second call of
/// the catalog from within. What a closure gets from the transaction is dead when the closure returns.
///
/// Failures of the database are [dev.dray.model.DrayException]s: OUT_OF_SPACE when the disk is full, CORRUPT when
/// the database is damaged, UNAVAILABLE when another process keeps it locked.
public interface Catalog {
    /// Runs `reading` on one consistent state. It lasts one page, never one response. Writing in it fails.
    ///
    /// @throws IllegalStateException when `reading` tries to write
    <T> T read(Reading<T> reading);

    /// Runs `writing` alone, and returns when what it did is durable.
    ///
    /// Several callers share one commit. When `writing` throws, nothing of it remains, the others are not touched,
    /// and the exception reaches this caller. An interrupt does not cut the wait short: the outcome would be
    /// unknown.
    ///
    /// `writing` may run more than once: a database rolls back what was in conflict and runs it again. So it has no
    /// effect outside its transaction. It sets no field, takes no lock and looks at no file.
    ///
    /// @throws UnknownOutcomeException when the commit failed and may be found done all the same
    <T> T write(Writing<T> writing);

    /// [#write] for a change without a result.
    default void change(Consumer<Transaction> change) {
        write(transaction -> {
            change.accept(transaction);
            return Boolean.TRUE;
        });
    }

    /// What is read in one transaction.
    @FunctionalInterface
    interface Reading<T> {
        T read(Transaction transaction);
    }

    /// What is changed, and perhaps read, in one transaction.
    @FunctionalInterface
    interface Writing<T> {
        T write(Transaction transaction);
    }
}
