package dev.dray.store.catalog;

import java.util.Optional;

/// Work that only one process does at a time, by name. A claim ends when its holder says so; one of a process that
/// lives no more is void, and goes with the process's row.
public interface Claims {
    /// The process that holds the claim. It may live no more.
    Optional<ProcessId> holder(String name);

    /// Gives the claim to `process`, whoever held it before.
    void take(String name, ProcessId process);

    /// Ends the claim, when `process` holds it.
    void end(String name, ProcessId process);
}
