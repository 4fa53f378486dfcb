package dev.dray.layer.deflate;

import java.io.IOException;

/// An encoder that can be started at a checkpoint and asked for what it has, to make a part of a stream.
public interface ResumableEncoder extends DeflateEncoder {
    /// Gives the whole bytes of the blocks that have ended so far to the sink.
    void drain() throws IOException;
}
