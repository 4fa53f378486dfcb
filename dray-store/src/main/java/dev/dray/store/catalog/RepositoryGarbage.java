package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What of one repository has no name any more. For the collector.
public interface RepositoryGarbage {
    /// A page of the manifests in the order of their digests, without their bytes.
    ///
    /// @param last where the page before ended, exclusive
    List<ManifestUse> manifests(Optional<Digest> last, int limit);

    Optional<ManifestUse> manifest(Digest digest);

    /// True when a tag points at the manifest, or at an index that leads to it, or at what it is a referrer of.
    boolean isNamed(Digest manifest);

    /// Removes a manifest. Its blobs count as touched; its children and referrers have had their time as it had, which
    /// is what sets this apart from [Manifests#delete].
    void removeManifest(Digest manifest);

    /// True when there is nothing in the repository, and no upload to it is under way.
    boolean isEmpty();

    /// Removes the repository, which is empty.
    void remove();

    /// @param size length of its bytes
    /// @param kept when it was last put, or lost a name
    record ManifestUse(Digest digest, long size, Instant kept) {}
}
