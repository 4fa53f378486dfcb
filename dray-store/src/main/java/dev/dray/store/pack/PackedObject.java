package dev.dray.store.pack;

import dev.dray.model.Digest;

/// A content in a pack.
///
/// @param digest SHA-256 of the content
/// @param offset in the raw space of the pack
/// @param size length in bytes, at least one
public record PackedObject(Digest digest, long offset, long size) {
    long end() {
        return offset + size;
    }
}
