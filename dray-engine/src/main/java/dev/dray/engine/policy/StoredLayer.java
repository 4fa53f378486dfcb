package dev.dray.engine.policy;

import dev.dray.model.image.Descriptor;

/// A layer's blob, and how it is kept now.
///
/// @param dropped bytes of its file that were removed just now
/// @param restored bytes of its file that were made again just now
public record StoredLayer(Descriptor blob, StoredForm kept, long dropped, long restored) {}
