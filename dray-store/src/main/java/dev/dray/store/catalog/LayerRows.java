package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.List;
import java.util.Optional;

/// The layers that are kept as contents.
public interface LayerRows {
    /// Records a layer. One that was there gets the new number, and what is made from it is made from this one.
    ///
    /// @param layer its number is not looked at
    /// @return the number that it was given
    long add(LayerRow layer);

    Optional<LayerRow> find(Digest diffId);

    Optional<LayerRow> find(long id);

    /// A page of layers in the order of their numbers.
    ///
    /// @param after number of the last one of the page before, exclusive
    List<LayerRow> list(long after, int limit);

    /// Says where recipe and small contents of a layer lie now.
    void move(long id, List<Extent> recipe, List<Extent> smalls);

    /// The highest number that was given so far, 0 when none was.
    long newest();

    /// @return false when there was no such layer
    /// @throws IllegalStateException when a blob is made from it
    boolean delete(long id);
}
