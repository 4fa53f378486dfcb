package dev.dray.engine.keep;

import dev.dray.model.Descriptor;

/// A layer's blob, and how it is kept now.
///
/// @param dropped bytes of its file that were removed just now
/// @param restored bytes of its file that were made again just now
public record KeptLayer(Descriptor blob, Kept kept, long dropped, long restored) {}
