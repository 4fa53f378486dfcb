package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The manifests of one repository, as the bytes that were pushed.
public interface Manifests {
    Optional<Stored> find(Digest digest);

    /// Keeps a manifest, with its references to blobs, child manifests and subject; again is no error.
    ///
    /// Whether what it references is there is the caller's question, asked before in the same transaction
    /// ([Links#missing], [#missing]).
    ///
    /// @param digest its name here: any digest of its raw bytes
    void put(Digest digest, Manifest manifest);

    /// Removes a manifest and the tags that point at it. What it referenced counts as touched: who has just asked
    /// for it needs it a little longer.
    ///
    /// @return false when it was not there
    boolean delete(Digest digest);

    /// A page of manifests in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<Stored> list(Optional<Digest> last, int limit);

    /// Those of `digests` that are not in this repository, in the same order.
    Set<Digest> missing(Collection<Digest> digests);

    /// A page of the manifests whose subject is `subject`, in the order of their digests. The subject need not
    /// exist.
    List<Stored> referrers(Digest subject, Optional<Digest> last, int limit);

    /// A page of the manifests in the order of their digests, without their bytes.
    ///
    /// @param last where the page before ended, exclusive
    List<ManifestUse> uses(Optional<Digest> last, int limit);

    /// What [#uses] tells, of one manifest.
    Optional<ManifestUse> use(Digest digest);

    /// True when a tag points at the manifest, or at an index that leads to it, or at what it is a referrer of.
    boolean isNamed(Digest manifest);

    /// Removes a manifest. Its blobs count as touched; its children and referrers have had their time as it had,
    /// which is what sets this apart from [#delete].
    void collect(Digest manifest);

    /// What the collector decides by.
    ///
    /// @param size length of its bytes
    /// @param kept when it was last put, or lost a name
    record ManifestUse(Digest digest, long size, Instant kept) {}

    /// A manifest as it is kept.
    ///
    /// @param mediaType the type that it was pushed with
    /// @param kept when it was last put here, or lost a name: what collecting counts from
    record Stored(Digest digest, MediaType mediaType, RawBytes raw, Instant kept) {
        /// The view of the raw bytes.
        public Manifest parse() {
            return Manifest.parse(mediaType, raw);
        }
    }
}
