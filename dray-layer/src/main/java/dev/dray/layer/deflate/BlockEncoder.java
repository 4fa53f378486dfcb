package dev.dray.layer.deflate;

import java.io.IOException;
import java.io.OutputStream;

/// Encodes the blocks of a framed deflate stream (pgzip, pigz), each from its own plain bytes and a dictionary of those
/// before it, so that blocks can be encoded in any order and on any number of threads.
///
/// The encoded blocks, one behind the other, are the raw deflate stream. Thread safe, or cheap to create one per
/// thread; the implementation says which.
public interface BlockEncoder {
    /// Length of each block but the last, in plain bytes.
    int blockSize();

    /// How many plain bytes before a block its encoding depends on, at most.
    int dictionarySize();

    /// Encodes the block `plain[start, end)`.
    ///
    /// @param dictionaryStart where the dictionary begins; it ends at `start`, and is shorter than
    ///     [#dictionarySize] only at the beginning of the stream
    /// @param last true for the block that ends the stream
    /// @param out takes whole bytes
    void encode(byte[] plain, int dictionaryStart, int start, int end, boolean last, OutputStream out)
            throws IOException;
}
