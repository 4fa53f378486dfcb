package dev.dray.store.layer;

import dev.dray.store.catalog.RecipeTable;

/// The result of proving a blob, as the catalog has it.
public sealed interface Proof {
    /// The recipe rebuilt the whole blob from the packs.
    record Exact(RecipeTable.Row recipe) implements Proof {}

    /// No recipe rebuilds the blob: it has to be stored as it came.
    ///
    /// @param reason for people, one line
    record Verbatim(String reason) implements Proof {}
}
