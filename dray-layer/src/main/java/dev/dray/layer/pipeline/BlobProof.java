package dev.dray.layer.pipeline;

import dev.dray.layer.recipe.BlobRecipe;

/// Whether a recipe rebuilds a blob from its plain bytes.
public sealed interface BlobProof {
    /// The recipe rebuilt the whole blob, and its digest agreed.
    record Exact(BlobRecipe recipe) implements BlobProof {}

    /// No recipe rebuilds the blob: its bytes have to be stored.
    ///
    /// @param reason for people, one line
    record Verbatim(String reason) implements BlobProof {}
}
