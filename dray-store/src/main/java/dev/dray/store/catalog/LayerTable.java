package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.store.catalog.PackTable.Extent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The layers that are kept as contents.
public interface LayerTable {
    /// Records a layer. One that was there gets the new number, and what is made from it is made from this one.
    ///
    /// @param layer its number is not looked at
    /// @return the number that it was given
    long add(Row layer);

    Optional<Row> find(Digest diffId);

    Optional<Row> find(long id);

    /// A page of layers in the order of their numbers.
    ///
    /// @param after number of the last one of the page before, exclusive
    List<Row> list(long after, int limit);

    /// Says where recipe and small contents of a layer lie now.
    void move(long id, List<Extent> recipe, List<Extent> smalls);

    /// The highest number that was given so far, 0 when none was.
    long newest();

    /// @return false when there was no such layer
    /// @throws IllegalStateException when a blob is made from it
    boolean delete(long id);

    /// A layer that is kept as contents.
    ///
    /// @param id newer layers have higher numbers; never used again
    /// @param diffId SHA-256 of the plain bytes
    /// @param size of the plain bytes
    /// @param entries how many tar headers there are
    /// @param recipe where its tar recipe lies
    /// @param smalls where its small contents lie, one behind the other as the recipe names them
    record Row(
            long id,
            Digest diffId,
            long size,
            long entries,
            List<Extent> recipe,
            List<Extent> smalls,
            Instant created) {
        public Row {
            recipe = List.copyOf(recipe);
            smalls = List.copyOf(smalls);
        }
    }
}
