package dev.dray.layer.encoders;

import dev.dray.layer.deflate.BlockEncoder;
import dev.dray.layer.deflate.Checkpoint;
import dev.dray.layer.deflate.DeflateEncoder;
import dev.dray.layer.deflate.ResumableEncoder;
import java.io.OutputStream;
import java.util.function.Supplier;

/// An encoder by the way in which it can be run: only from the beginning, from checkpoints, or block by block.
public sealed interface Encoding {
    /// Runs from the beginning of the stream only.
    record Streamed(Opener opener) implements Encoding {}

    /// Runs from the beginning of any block as well.
    ///
    /// @param dictionary how many plain bytes before a block are needed
    /// @param margin how many plain bytes a block must have behind its beginning to be started from
    record Resumable(Opener opener, Resumer resumer, int dictionary, int margin) implements Encoding {}

    /// Frames blocks that stand alone, but for a dictionary.
    ///
    /// @param opener creates an encoder for one thread
    /// @param emptyLast whether a stream of whole blocks ends with an empty one more
    record Blocked(Supplier<BlockEncoder> opener, boolean emptyLast) implements Encoding {}

    /// Creates an encoder for a new stream.
    @FunctionalInterface
    interface Opener {
        DeflateEncoder open(OutputStream sink);
    }

    /// Creates an encoder that resumes at a checkpoint, given the plain bytes before it.
    @FunctionalInterface
    interface Resumer {
        ResumableEncoder resume(Checkpoint from, byte[] before, OutputStream sink);
    }
}
