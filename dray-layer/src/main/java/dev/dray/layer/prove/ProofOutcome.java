package dev.dray.layer.prove;

import dev.dray.layer.recipe.GzipRecipe;

/// Whether a gzip blob can be rebuilt from its plain bytes.
public sealed interface ProofOutcome {
    /// The recipe rebuilt the whole blob, and its digest agreed.
    record Exact(GzipRecipe recipe) implements ProofOutcome {}

    /// No recipe rebuilds the blob: its bytes have to be stored.
    ///
    /// @param reason for people, one line
    record Verbatim(String reason) implements ProofOutcome {}
}
