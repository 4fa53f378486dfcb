package dev.dray.store;

import dev.dray.store.filesystem.Disk;
import dev.dray.store.filesystem.FileOperations;
import java.time.InstantSource;

/// How a store works, where the usual way does not do.
///
/// @param files the way to the disk
/// @param clock what time it is, for leases and expiry
public record StoreOptions(FileOperations files, InstantSource clock) {
    /// The host's disk and the host's clock.
    public static StoreOptions standard() {
        return new StoreOptions(Disk.standard(), InstantSource.system());
    }

    public StoreOptions withFiles(FileOperations other) {
        return new StoreOptions(other, clock);
    }

    public StoreOptions withClock(InstantSource other) {
        return new StoreOptions(files, other);
    }
}
