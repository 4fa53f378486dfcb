package dev.dray.engine.layers;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import java.nio.file.Path;
import java.util.Optional;

/// A blob to examine.
public sealed interface LayerBlob {
    /// The name that it was asked for by.
    String source();

    /// A file of the user's; nothing is known of it.
    record InFile(String source, Path file) implements LayerBlob {}

    /// A layer of an image; its bytes must be those of its descriptor.
    record InImage(String source, Descriptor descriptor, Content content) implements LayerBlob {
        Digest digest() {
            return descriptor.digest();
        }
    }

    /// The type by its manifest.
    default Optional<MediaType> mediaType() {
        return switch (this) {
            case InFile _ -> Optional.empty();
            case InImage image -> Optional.of(image.descriptor().mediaType());
        };
    }
}
