package dev.dray.store;

import dev.dray.store.catalog.Database;
import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.sqlite.SqliteCatalog;
import java.time.InstantSource;

/// How a store works, where the usual way does not do.
///
/// @param files the way to the disk
/// @param clock what time it is, for leases and expiry
/// @param databases what the catalog is kept in
public record StoreOptions(FileOperations files, InstantSource clock, Database.Opener databases) {
    /// The host's disk, the host's clock, and SQLite.
    public static StoreOptions standard() {
        return new StoreOptions(Disk.standard(), InstantSource.system(), SqliteCatalog::open);
    }

    public StoreOptions withFiles(FileOperations other) {
        return new StoreOptions(other, clock, databases);
    }

    public StoreOptions withClock(InstantSource other) {
        return new StoreOptions(files, other, databases);
    }

    public StoreOptions withDatabases(Database.Opener other) {
        return new StoreOptions(files, clock, other);
    }
}
