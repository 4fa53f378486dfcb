package dev.dray.store.catalog;

/// A stretch of the raw space of a pack. Several, one behind the other, hold a stream that is no content: a tar
/// recipe, or the small contents of a layer.
///
/// @param pack number of the pack
/// @param offset of the first byte
/// @param length in bytes, at least one
public record Extent(long pack, long offset, long length) {
    public Extent {
        if (offset < 0 || length <= 0 || offset + length < 0) {
            throw new IllegalArgumentException("%d bytes from %d".formatted(length, offset));
        }
    }
}
