package dev.dray.layer.recipe;

import dev.dray.layer.deflate.Checkpoint;

/// A piece of the blob, about 256 KiB, that is compared before it leaves, and whether an encoder can resume there.
///
/// @param offset where it begins in the blob
/// @param length its bytes
/// @param restart how to begin here
/// @param hash the first eight bytes of its SHA-256, as a big-endian number
public record Segment(long offset, long length, Restart restart, long hash) {

    /// How an encoder can be started at a segment's beginning.
    public sealed interface Restart {
        /// Not at all: it is the continuation of the segment before.
        record Continued() implements Restart {}

        /// At the header of this member.
        record Member(int member) implements Restart {}

        /// At a checkpoint, whose bit lies in the segment's first byte; or, where the encoder frames blocks, at
        /// a block, on the first bit.
        record Inside(int member, Checkpoint checkpoint) implements Restart {}
    }

    /// Whether an encoder can resume at the segment.
    public boolean restartable() {
        return !(restart instanceof Restart.Continued);
    }

    public long end() {
        return offset + length;
    }
}
