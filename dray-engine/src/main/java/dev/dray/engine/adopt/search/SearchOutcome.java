package dev.dray.engine.adopt.search;

import dev.dray.layer.recipe.GzipRecipe;

/// The result of the search for a layer's encoder.
public sealed interface SearchOutcome {
    /// How many encoders were run.
    int tried();

    /// The recipe rebuilt the whole blob.
    record Found(GzipRecipe recipe, int tried) implements SearchOutcome {}

    /// No known encoder rebuilds the blob.
    ///
    /// @param reason one line for people
    record Unknown(String reason, int tried) implements SearchOutcome {}
}
