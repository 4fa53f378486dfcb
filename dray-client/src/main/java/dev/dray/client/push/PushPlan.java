package dev.dray.client.push;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Manifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a push is going to do, as far as it can be known before anything is sent; see [PushPlanner].
///
/// @param blobs by digest, in the order of the manifests
/// @param manifests by digest, children before those that name them; roots too
/// @param pointers what the target is to have under which name
/// @param sources repositories that a right to pull is asked for, those that most blobs are linked from first
public record PushPlan(
        Map<Digest, BlobPlan> blobs,
        Map<Digest, ManifestPlan> manifests,
        List<Pointer> pointers,
        List<RepositoryName> sources) {
    public PushPlan {
        blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
        manifests = Collections.unmodifiableMap(new LinkedHashMap<>(manifests));
        pointers = List.copyOf(pointers);
        sources = List.copyOf(sources);
    }

    /// A manifest.
    ///
    /// @param expected true for one below a root that the target is thought to have, or to link. It is put only
    ///     when the registry says that it is missing
    /// @param linkFrom repositories that its PUT names
    public record ManifestPlan(Manifest manifest, boolean expected, List<RepositoryName> linkFrom) {
        public ManifestPlan {
            linkFrom = List.copyOf(linkFrom);
        }
    }

    /// A root, and a tag that is to point to it; without one it is put by its digest.
    ///
    /// @param look whether the target is asked first what the tag points to
    public record Pointer(Digest root, Optional<Tag> tag, boolean look) {}
}
