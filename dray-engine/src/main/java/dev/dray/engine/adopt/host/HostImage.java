package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.util.List;
import java.util.Optional;

/// An image in the store of another engine.
///
/// @param id digest of the config
/// @param names fully written
/// @param manifest the one that it was pulled with; empty when there is none, or it is not that of a registry
/// @param unoriginal why there is none, one clause for people; empty when there is one
/// @param manifestType for the manifest of an image that has none
/// @param layers lowest first
public record HostImage(
        Digest id,
        List<Reference> names,
        ImageConfig config,
        Optional<Manifest.Image> manifest,
        String unoriginal,
        MediaType manifestType,
        List<HostLayer> layers) {
    public HostImage {
        names = List.copyOf(names);
        layers = List.copyOf(layers);
    }

    /// A name for people, or the beginning of the ID.
    public String shownName() {
        return names.stream().findFirst().map(Reference::familiar).orElse(id.shortHex());
    }
}
