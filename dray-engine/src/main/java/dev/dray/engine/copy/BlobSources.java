package dev.dray.engine.copy;

import dev.dray.engine.adopt.AdoptedImage;
import dev.dray.engine.adopt.host.SeenAt;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import java.util.List;
import java.util.Map;

/// Names the repositories from which a registry may mount the blobs of a copied image.
@FunctionalInterface
public interface BlobSources {
    /// Repositories of `host` that have the blob, likeliest first.
    List<RepositoryName> of(String host, Digest blob);

    static BlobSources none() {
        return (_, _) -> List.of();
    }

    /// The repository that is copied from, whose manifest lists the blobs.
    static BlobSources of(Reference from) {
        return (host, _) -> from.host().equals(host) ? List.of(from.repository()) : List.of();
    }

    /// Those where an engine of this host, which holds the blobs unpacked, saw them.
    static BlobSources of(AdoptedImage image) {
        Map<Digest, List<SeenAt>> seen = image.seen();
        return (host, blob) -> seen.getOrDefault(blob, List.of()).stream()
                .filter(place -> place.host().equals(host))
                .map(SeenAt::repository)
                .toList();
    }
}
