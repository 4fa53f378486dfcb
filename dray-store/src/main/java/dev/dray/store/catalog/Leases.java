package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.Collection;
import java.util.List;

/// Promises not to collect: a lease keeps blobs that nothing references yet. It ends when its holder says so, and
/// with the process that took it, whatever the way that ended.
public interface Leases {
    /// @return the number of a new lease that covers nothing yet
    long open(ProcessId process);

    /// Adds digests to a lease; the blobs need not exist yet.
    void cover(long lease, Collection<Digest> digests);

    void end(long lease);

    /// The processes whose leases cover `digest`. One that lives no more holds nothing.
    List<ProcessId> holders(Digest digest);
}
