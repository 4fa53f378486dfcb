package dev.dray.engine.copy;

import dev.dray.engine.transfer.FoundImage;
import dev.dray.model.Reference;
import java.io.IOException;
import java.util.Optional;

/// An image that was found in a place. Closing lets go of the place, after which its blobs cannot be read.
///
/// @param whole whether the place has all of it, an index with all its children: a registry
/// @param sources from where its blobs may be linked
/// @param note what is not as it was in the place
record OpenedImage(FoundImage image, boolean whole, BlobSources sources, Optional<String> note, Place place)
        implements AutoCloseable {
    /// What is held open.
    @FunctionalInterface
    interface Place {
        void close() throws IOException;
    }

    static OpenedImage of(FoundImage image) {
        return new OpenedImage(image, false, BlobSources.none(), Optional.empty(), () -> {});
    }

    static OpenedImage in(Reference registry, FoundImage image) {
        return new OpenedImage(image, true, BlobSources.of(registry), Optional.empty(), () -> {});
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
