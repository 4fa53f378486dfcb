package dev.dray.store.catalog;

import java.util.List;

/// The processes that have work under way in the store. Which of them live, their lock files tell.
public interface Processes {
    /// Records a new process.
    ProcessId add();

    List<ProcessId> list();

    /// Forgets a process: its leases end, its uploads are free for others.
    void remove(ProcessId process);

    Leases leases();

    Claims claims();
}
