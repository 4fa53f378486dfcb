package dev.dray.engine;

import dev.dray.model.Reference;
import java.io.IOException;
import java.util.Optional;

/// An image that was found in a place. Closing lets go of the place, after which its blobs cannot be read.
///
/// @param registry where it is, when the place is a registry
/// @param note what is not as it was in the place
record OpenedImage(FoundImage image, Optional<Reference> registry, Optional<String> note, Place place)
        implements AutoCloseable {
    /// What is held open.
    @FunctionalInterface
    interface Place {
        void close() throws IOException;
    }

    static OpenedImage of(FoundImage image) {
        return new OpenedImage(image, Optional.empty(), Optional.empty(), () -> {});
    }

    static OpenedImage in(Reference registry, FoundImage image) {
        return new OpenedImage(image, Optional.of(registry), Optional.empty(), () -> {});
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
