package dev.dray.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Receives a request body in large pieces.
///
/// Calls come in order and never concurrently, each happening before the next, but not always on the same thread.
@FunctionalInterface
public interface SlabSink {

    /// Consumes all remaining bytes of `slab`: at least 1 MiB unless it is the last one or memory is short, never
    /// empty. The buffer is usually direct; it belongs to the server again when the call returns.
    void write(ByteBuffer slab) throws IOException;
}
