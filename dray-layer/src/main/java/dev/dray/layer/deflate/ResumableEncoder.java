package dev.dray.layer.deflate;

import java.io.IOException;

/// An encoder that can resume at a checkpoint and be drained, to encode a part of a stream.
public interface ResumableEncoder extends DeflateEncoder {
    /// Gives the whole bytes of the blocks that have ended so far to the sink.
    void drain() throws IOException;

    /// Where the block begins that has not ended yet: what [#drain] gave to the sink ends in the byte before, but
    /// for the carry. Of an encoder that goes on from a checkpoint, positions count from there.
    Checkpoint checkpoint();
}
