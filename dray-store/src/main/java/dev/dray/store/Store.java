package dev.dray.store;

import dev.dray.store.catalog.Catalog;
import java.nio.file.Path;

/// Where images live: a folder with a catalog and the bytes of blobs.
///
/// Several processes may have the same store open, and a process may open it more than once. Thread safe. The
/// caller closes; closing waits for what is being written.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString", "InlineMeSuggester"}) // bodies follow
public final class Store implements AutoCloseable {
    private Store() {}

    /// Opens the store in `folder`, or makes one where the folder is absent or empty.
    ///
    /// @throws dev.dray.model.DrayException of kind CONFLICT when it is a store of another kind, or the folder
    ///     holds something else; UNSUPPORTED when it was written by a newer Dray or lies on a network file system;
    ///     UNAVAILABLE when it cannot be read or written
    public static Store open(Path folder, StoreKind kind) {
        throw new UnsupportedOperationException(folder + kind.label());
    }

    /// [#open] with a way to the disk or a clock of the caller's own.
    public static Store open(Path folder, StoreKind kind, StoreOptions options) {
        throw new UnsupportedOperationException(folder + kind.label() + options);
    }

    /// Opens a store that is there already, of whatever kind.
    ///
    /// @throws dev.dray.model.DrayException as [#open] does; of kind NOT_FOUND when `folder` holds no store
    public static Store openExisting(Path folder) {
        throw new UnsupportedOperationException(folder.toString());
    }

    public Path folder() {
        throw new UnsupportedOperationException();
    }

    public StoreKind kind() {
        throw new UnsupportedOperationException();
    }

    public Catalog catalog() {
        throw new UnsupportedOperationException();
    }

    public Blobs blobs() {
        throw new UnsupportedOperationException();
    }

    public Uploads uploads() {
        throw new UnsupportedOperationException();
    }

    /// Takes a lease that covers nothing yet.
    public Lease lease() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
