package dev.dray.store.catalog;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// A catalog as the store that owns it sees it. Everybody else gets the [Catalog]. Thread safe; the store closes.
public interface Database extends Catalog, AutoCloseable {
    /// What the one place that proves recipes may write in a transaction of this catalog.
    Proofs proofs(Transaction transaction);

    /// Copies one consistent state into a file that is absent, and durable on return. The copy lacks what belongs
    /// to processes of this store: uploads, leases, claims.
    void copyTo(Path file);

    @Override
    void close();

    /// Opens databases of one kind.
    @FunctionalInterface
    interface Opener {
        /// Opens the database in `file`, which exists and may be empty, and brings it to the newest format.
        ///
        /// @param settings what a new catalog begins with; none when there must be one already
        /// @throws dev.dray.model.DrayException of kind UNSUPPORTED when it has a newer format
        Database open(Path file, Map<String, String> settings, InstantSource clock);
    }
}
