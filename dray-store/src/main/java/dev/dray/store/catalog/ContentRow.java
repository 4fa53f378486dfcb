package dev.dray.store.catalog;

import dev.dray.model.Digest;

/// Where a content lies. Contents of [#SMALLEST] bytes and more have a row each.
///
/// @param digest SHA-256 of the content
/// @param pack number of the pack
/// @param offset in the raw space of the pack
/// @param size length in bytes
public record ContentRow(Digest digest, long pack, long offset, long size) {
    /// What is smaller belongs to its layer and is found in order.
    public static final int SMALLEST = 2 << 10;
}
