package dev.dray.store.layer;

import dev.dray.store.catalog.RecipeRow;

/// What came of proving a blob. Recorded in the catalog.
public sealed interface Proof {
    /// The blob was made in full from what is in the packs, and had its digest.
    record Exact(RecipeRow recipe) implements Proof {}

    /// The blob has to be kept as it came.
    ///
    /// @param reason for people, one line
    record Verbatim(String reason) implements Proof {}
}
