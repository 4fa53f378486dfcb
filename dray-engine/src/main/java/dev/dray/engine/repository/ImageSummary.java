package dev.dray.engine.repository;

import dev.dray.model.image.ImageConfig;
import java.util.Optional;

/// A line of the list of images.
///
/// @param config of the image; of an index that of the image for this host, when it is there
/// @param size bytes of the compressed blobs, each once
/// @param platforms how many platforms an index has in the store; 1 for an image
public record ImageSummary(StoredImage image, Optional<ImageConfig> config, long size, int platforms) {}
