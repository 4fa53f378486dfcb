package dev.dray.engine.adopt;

import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.model.Digest;
import java.util.List;
import java.util.Optional;

/// Whether an image gives its original blobs back.
///
/// @param name what it is called
/// @param manifest digest of the manifest that it was pulled with
/// @param unoriginal why there is none, one clause for people; empty when there is one
/// @param layers lowest first
public record ImageCheck(String name, Optional<Digest> manifest, String unoriginal, List<SearchedLayer> layers) {
    public ImageCheck {
        layers = List.copyOf(layers);
    }

    /// How many layers are exact.
    public long exact() {
        return layers.stream()
                .filter(layer -> layer.outcome() == SearchedLayer.Outcome.EXACT)
                .count();
    }
}
