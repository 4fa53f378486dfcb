package dev.dray.engine.repository;

import dev.dray.model.Digest;
import java.util.Optional;

/// A step by which an image was built.
///
/// @param image the ID of the image that it ended in; empty for all but the last
/// @param layer the blob of the step; empty when it has none
/// @param size of that blob in bytes, compressed as it is
public record HistoryStep(
        Optional<Digest> image,
        Optional<String> created,
        Optional<String> createdBy,
        Optional<String> comment,
        Optional<Digest> layer,
        long size) {}
