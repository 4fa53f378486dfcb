package dev.dray.engine.layers;

/// Whether a blob can be given back from its recipes.
public enum LayerOutcome {
    /// It was made again in full from what was split, and its digest agreed.
    EXACT,
    /// A known encoder begins as it does; nobody has made all of it.
    LIKELY,
    /// It has to be kept as it is.
    VERBATIM
}
