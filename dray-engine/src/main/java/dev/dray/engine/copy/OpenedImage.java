package dev.dray.engine.copy;

import dev.dray.engine.transfer.FoundImage;
import dev.dray.model.Reference;
import java.io.IOException;
import java.util.Optional;

/// An image that was opened at its location. After closing its blobs cannot be read.
///
/// @param whole whether the location has all of it, an index with all its children: a registry
/// @param sources from where its blobs may be mounted
/// @param note the difference from the image at its location
record OpenedImage(FoundImage image, boolean whole, BlobSources sources, Optional<String> note, Resource resource)
        implements AutoCloseable {
    /// The open resource behind it.
    @FunctionalInterface
    interface Resource {
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
        resource.close();
    }
}
