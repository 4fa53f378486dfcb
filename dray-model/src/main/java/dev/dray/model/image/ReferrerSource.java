package dev.dray.model.image;

import dev.dray.model.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Lists the manifests that refer to another one: signatures, bills of materials and the like (OCI distribution-spec,
/// "Listing Referrers").
///
/// Thread safe. A capability of some [ImageSource]s.
public interface ReferrerSource {
    /// The manifests whose subject is `subject`, whether or not that exists; empty when there are none.
    ///
    /// @return with the artifact type and the annotations of each, in the source's own order
    List<Descriptor> referrers(Digest subject) throws IOException;

    /// The descriptor of a referrer in a list: with its effective artifact type and its annotations.
    ///
    /// @param digest of the referrer
    static Descriptor describe(Manifest referrer, Digest digest) {
        return new Descriptor(
                referrer.mediaType(),
                digest,
                referrer.raw().size(),
                Optional.empty(),
                referrer.effectiveArtifactType(),
                referrer.annotations(),
                List.of());
    }
}
