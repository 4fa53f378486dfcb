package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The processes that have work under way in the store. Which of them live, their lock files tell.
public interface Processes {
    /// A number that no process was given so far. Another may be faster and record it.
    ProcessId next();

    /// Records a new process.
    ///
    /// @return false, with nothing changed, when its number or a later one was given before
    boolean add(ProcessId process);

    List<ProcessId> list();

    /// Forgets a process: its leases end, its uploads are free for others.
    void remove(ProcessId process);

    Leases leases();

    Claims claims();

    /// Promises not to collect: a lease keeps blobs that nothing references yet. It ends when its holder says so,
    /// and with the process that took it, whatever the way that ended.
    interface Leases {
        /// @return the number of a new lease that covers nothing yet
        long open(ProcessId process);

        /// Adds digests to a lease; the blobs need not exist yet.
        void cover(long lease, Collection<Digest> digests);

        void end(long lease);

        /// The processes whose leases cover `digest`. One that lives no more holds nothing.
        List<ProcessId> holders(Digest digest);
    }

    /// Work that only one process does at a time, by name. A claim ends when its holder says so; one of a process
    /// that lives no more is void, and goes with the process's row.
    interface Claims {
        /// The process that holds the claim. It may live no more.
        Optional<ProcessId> holder(String name);

        /// Gives the claim to `process`, whoever held it before.
        void take(String name, ProcessId process);

        /// Ends the claim, when `process` holds it.
        void end(String name, ProcessId process);
    }
}
