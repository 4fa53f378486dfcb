package dev.dray.cli.command;

import dev.dray.engine.Engine;
import dev.dray.engine.repository.ImageSummary;
import dev.dray.engine.repository.StoredImage;
import java.util.List;

/// Images selected by name, or all of them.
public final class ChosenImages {
    private ChosenImages() {}

    /// @param names or prefixes of IDs; none for all images
    public static List<StoredImage> of(Engine engine, List<String> names) {
        return names.isEmpty()
                ? engine.images().stream().map(ImageSummary::image).toList()
                : names.stream().map(engine::image).toList();
    }
}
