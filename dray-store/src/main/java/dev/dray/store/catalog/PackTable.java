package dev.dray.store.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The packs of the store.
public interface PackTable {
    /// Records a pack whose bytes and directory entry are durable already.
    ///
    /// @return its number
    long add(String file, long size, long rawSize, Instant now);

    Optional<Row> find(long id);

    /// A page of packs in the order of their numbers.
    ///
    /// @param after number of the last one of the page before, exclusive
    List<Row> list(long after, int limit);

    /// True when a row names this file.
    boolean ownsFile(String file);

    /// Notes that bytes of the pack are not what they should be. Every proof made so far is out of date with it.
    void markDamaged(long id);

    /// Notes that something was taken out of the pack: who counted on it must look again.
    void nextGeneration(long id);

    /// @return false when there was no such pack
    boolean delete(long id);

    /// A pack: a file of compressed frames, which hold contents and parts of recipes.
    ///
    /// @param id never used again
    /// @param file name in the folder of packs
    /// @param size length of the file in bytes
    /// @param rawSize bytes of all its frames before compression: the space in which things have their offsets
    /// @param generation grows whenever something is taken out of the pack
    /// @param damaged some of its bytes were found to be wrong: nothing new counts on it
    record Row(long id, String file, long size, long rawSize, long generation, boolean damaged, Instant created) {}

    /// A stretch of the raw space of a pack. Several, one behind the other, hold a stream that is no content: a tar
    /// recipe, or the small contents of a layer.
    ///
    /// @param pack number of the pack
    /// @param offset of the first byte
    /// @param length in bytes, at least one
    record Extent(long pack, long offset, long length) {
        public Extent {
            if (offset < 0 || length <= 0 || offset + length < 0) {
                throw new IllegalArgumentException("%d bytes from %d".formatted(length, offset));
            }
        }
    }
}
