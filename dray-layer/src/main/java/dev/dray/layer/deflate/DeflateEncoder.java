package dev.dray.layer.deflate;

import java.io.Closeable;
import java.io.IOException;

/// Encodes one raw deflate stream, bit for bit as one tool in one of its eras did.
///
/// The output depends on the plain bytes alone: never on how they are cut into writes, on the number of processors, on
/// the JVM or its mode. Encoded bytes go to the sink that the encoder was created with, in chunks of its own choice; a
/// sink may throw to stop the work early, as one does that compares with a known blob. Not thread safe.
public interface DeflateEncoder extends Closeable {
    /// Encodes more plain bytes.
    void write(byte[] plain, int offset, int length) throws IOException;

    /// Ends the stream: everything is encoded, padded to a byte and given to the sink.
    void finish() throws IOException;

    /// Lets go of buffers. Does not finish the stream.
    @Override
    default void close() {}
}
