package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import java.util.OptionalLong;

/// What an engine remembers of the blob that a layer came as.
///
/// @param size of the blob, where it was noted
public record KnownBlob(MediaType mediaType, Digest digest, OptionalLong size) {}
