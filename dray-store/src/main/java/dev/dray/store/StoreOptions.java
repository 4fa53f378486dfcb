package dev.dray.store;

import dev.dray.store.filesystem.FileOperations;
import java.time.InstantSource;

/// How a store works, where the usual way does not do.
///
/// @param files the way to the disk
/// @param clock what time it is, for leases and expiry
public record StoreOptions(FileOperations files, InstantSource clock) {}
