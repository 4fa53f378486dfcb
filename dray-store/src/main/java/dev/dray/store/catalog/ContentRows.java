package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.List;
import java.util.Optional;

/// The contents of the store, each there once.
public interface ContentRows {
    Optional<ContentRow> find(Digest digest);

    /// The content, when its pack is there and nobody found it damaged.
    Optional<ContentRow> findHealthy(Digest digest);

    /// Records a content, unless a healthy pack holds it already.
    ///
    /// @return false when it was there
    boolean add(ContentRow content);

    /// Says that a content, which has a row, lies elsewhere now.
    void move(ContentRow content);

    /// @return false when there was no such content
    boolean delete(Digest digest);

    /// A page of contents in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<ContentRow> list(Optional<Digest> last, int limit);

    /// How many there are. Reads them all.
    long count();
}
