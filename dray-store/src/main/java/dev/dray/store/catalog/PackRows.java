package dev.dray.store.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The packs of the store.
public interface PackRows {
    /// Records a pack whose bytes and directory entry are durable already.
    ///
    /// @return its number
    long add(String file, long size, long rawSize, Instant now);

    Optional<PackRow> find(long id);

    /// A page of packs in the order of their numbers.
    ///
    /// @param after number of the last one of the page before, exclusive
    List<PackRow> list(long after, int limit);

    /// True when a row names this file.
    boolean ownsFile(String file);

    /// Notes that bytes of the pack are not what they should be. Every proof made so far is out of date with it.
    void markDamaged(long id);

    /// Notes that something was taken out of the pack: who counted on it must look again.
    void nextGeneration(long id);

    /// @return false when there was no such pack
    boolean delete(long id);
}
