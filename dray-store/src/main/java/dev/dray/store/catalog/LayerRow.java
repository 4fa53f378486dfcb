package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.time.Instant;
import java.util.List;

/// A layer that is kept as contents.
///
/// @param id newer layers have higher numbers; never used again
/// @param diffId SHA-256 of the plain bytes
/// @param size of the plain bytes
/// @param entries how many tar headers there are
/// @param recipe where its tar recipe lies
/// @param smalls where its small contents lie, one behind the other as the recipe names them
public record LayerRow(
        long id, Digest diffId, long size, long entries, List<Extent> recipe, List<Extent> smalls, Instant created) {
    public LayerRow {
        recipe = List.copyOf(recipe);
        smalls = List.copyOf(smalls);
    }
}
