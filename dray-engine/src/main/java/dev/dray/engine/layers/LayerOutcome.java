package dev.dray.engine.layers;

/// Whether a blob can be rebuilt from its recipes.
public enum LayerOutcome {
    /// The blob was rebuilt in full from its parts, and its digest agreed.
    EXACT,
    /// The output of a known encoder begins as the blob does; the rest was not tried.
    LIKELY,
    /// The blob has to be stored as it is.
    VERBATIM
}
