package dev.dray.layer.prove;

import dev.dray.layer.recipe.GzipRecipe;

/// Whether a blob can be made again from its plain bytes.
public sealed interface ProofOutcome {
    /// It was made again in full, and its digest agreed.
    record Exact(GzipRecipe recipe) implements ProofOutcome {}

    /// It has to be kept as it is.
    ///
    /// @param reason for people, one line
    record Verbatim(String reason) implements ProofOutcome {}
}
