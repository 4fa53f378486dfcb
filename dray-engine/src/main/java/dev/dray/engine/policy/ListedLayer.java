package dev.dray.engine.policy;

import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import java.util.List;

/// A layer's blob in the list of layers.
///
/// @param images the names of all images that have it
/// @param kept how it is kept
/// @param disk bytes that it takes, without what layers before it in the list take already: these add up
public record ListedLayer(Descriptor blob, List<Reference> images, LayerFacts facts, StoredForm kept, long disk) {
    public ListedLayer {
        images = List.copyOf(images);
    }

    /// Bytes saved in comparison with the file alone; negative when it takes more.
    public long saved() {
        return blob.size() - disk;
    }
}
