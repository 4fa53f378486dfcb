package dev.dray.model.image;

import dev.dray.model.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A place that knows which of its manifests refer to another one: signatures, bills of materials and the like
/// (OCI distribution-spec, "Listing Referrers").
///
/// Thread safe. A capability of some [ImageSource]s.
public interface ReferrerSource {
    /// The manifests whose subject is `subject`, whether that is there or not; none when there are none.
    ///
    /// @return with the artifact type and the annotations of each, in the place's own order
    List<Descriptor> referrers(Digest subject) throws IOException;

    /// How a list of referrers describes one: by its effective artifact type and its annotations.
    ///
    /// @param digest that names the referrer
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
