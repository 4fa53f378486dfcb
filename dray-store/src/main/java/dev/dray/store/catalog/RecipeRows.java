package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.List;
import java.util.Optional;

/// The recipes of blobs, to be read. They are written by the store alone, which proves them first.
public interface RecipeRows {
    Optional<RecipeRow> find(Digest digest);

    /// The blobs that are made from a layer, in the order of their digests.
    List<RecipeRow> of(long layer);

    /// A page of recipes in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<RecipeRow> list(Optional<Digest> last, int limit);
}
