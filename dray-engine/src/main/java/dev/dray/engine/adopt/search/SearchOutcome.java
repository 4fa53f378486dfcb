package dev.dray.engine.adopt.search;

import dev.dray.layer.recipe.GzipRecipe;

/// What came of the search for a layer's encoder.
public sealed interface SearchOutcome {
    /// How many encoders were run.
    int tried();

    /// The whole blob was made and had its digest.
    record Found(GzipRecipe recipe, int tried) implements SearchOutcome {}

    /// None of those that are known made it.
    ///
    /// @param reason one line for people
    record Unknown(String reason, int tried) implements SearchOutcome {}
}
