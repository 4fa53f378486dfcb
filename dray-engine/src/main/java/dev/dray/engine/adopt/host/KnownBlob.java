package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import java.util.OptionalLong;

/// The blob that a layer came as, as an engine remembers it.
///
/// @param size of the blob, where it was noted
public record KnownBlob(MediaType mediaType, Digest digest, OptionalLong size) {}
