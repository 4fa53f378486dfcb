package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which blobs may be read in one repository.
public interface Links {
    /// The blob, when it is linked here.
    Optional<BlobTable.Row> find(Digest digest);

    /// Makes a blob of the store readable here, and counts as a touch of it; again is no error.
    ///
    /// @return false when it was linked before
    /// @throws dev.dray.model.DrayException of kind NOT_FOUND when the store has no such blob
    boolean add(Digest digest);

    /// @return false when it was not linked
    boolean remove(Digest digest);

    /// Those of `digests` that are not linked here, in the same order.
    Set<Digest> missing(Collection<Digest> digests);

    /// True when a manifest of this repository references the blob.
    boolean referenced(Digest digest);

    /// A page of the blobs that are linked here, in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<BlobTable.Row> list(Optional<Digest> last, int limit);
}
