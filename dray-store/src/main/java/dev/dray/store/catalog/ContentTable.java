package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.List;
import java.util.Optional;

/// The contents of the store, each there once.
public interface ContentTable {
    /// What is smaller belongs to its layer and is found in order.
    int SMALLEST = 2 << 10;

    Optional<Row> find(Digest digest);

    /// The content, when its pack is there and nobody found it damaged.
    Optional<Row> findHealthy(Digest digest);

    /// Records a content, unless a healthy pack holds it already.
    ///
    /// @return false when it was there
    boolean add(Row content);

    /// Says that a content, which has a row, lies elsewhere now.
    void move(Row content);

    /// @return false when there was no such content
    boolean delete(Digest digest);

    /// A page of contents in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<Row> list(Optional<Digest> last, int limit);

    /// How many there are. Reads them all.
    long count();

    /// Where a content lies. Contents of [#SMALLEST] bytes and more have a row each.
    ///
    /// @param digest SHA-256 of the content
    /// @param pack number of the pack
    /// @param offset in the raw space of the pack
    /// @param size length in bytes
    record Row(Digest digest, long pack, long offset, long size) {}
}
