package dev.dray.engine.policy;

import dev.dray.engine.policy.LayerState.Form;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import java.util.List;

/// A layer's blob in the list of layers.
///
/// @param images the names of all images that have it
/// @param form the form in which it is stored, by what its images require
/// @param disk bytes that it takes beside the layers before it in the list: these add up
public record ListedLayer(Descriptor blob, List<Reference> images, LayerState state, Form form, long disk) {
    public ListedLayer {
        images = List.copyOf(images);
    }

    /// Bytes saved in comparison with the file alone; negative when it takes more.
    public long saved() {
        return blob.size() - disk;
    }
}
