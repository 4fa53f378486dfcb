package dev.dray.http;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes a request body, a large piece at a time.
///
/// Calls come in order and never two at once, each happening before the next, but not always on the same
/// thread.
@FunctionalInterface
public interface SlabSink {

    /// Takes all remaining bytes of `slab`: at least 1 MiB unless it is the last one or memory is short,
    /// never empty. The buffer is direct more often than not, and belongs to the server again when the call
    /// returns.
    void write(ByteBuffer slab) throws IOException;
}
