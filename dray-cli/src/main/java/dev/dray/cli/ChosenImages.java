package dev.dray.cli;

import dev.dray.engine.Engine;
import dev.dray.engine.ImageSummary;
import dev.dray.engine.StoredImage;
import java.util.List;

/// Images that a person names, or all of them.
final class ChosenImages {
    private ChosenImages() {}

    /// @param names or beginnings of IDs; none for all images
    static List<StoredImage> of(Engine engine, List<String> names) {
        return names.isEmpty()
                ? engine.images().stream().map(ImageSummary::image).toList()
                : names.stream().map(engine::image).toList();
    }
}
