package dev.dray.layer.tar.recipe;

import dev.dray.model.Digest;

/// A piece of the stream that a recipe describes, in order.
public sealed interface TarPiece {
    /// How many bytes of the stream this is.
    long size();

    /// Bytes that stand in the recipe itself: headers, padding, small contents, what is not tar.
    ///
    /// @param bytes never longer than 64 KiB; not copied, so nobody may change it
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    record Literal(byte[] bytes) implements TarPiece {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    /// A run of zero bytes.
    record Zeros(long size) implements TarPiece {}

    /// A content, to be had from a [ContentSource].
    ///
    /// @param digest SHA-256 of the content
    record Reference(Digest digest, long size) implements TarPiece {}
}
