package dev.dray.layer.deflate.klauspost;

import java.io.IOException;

/// Plain bytes in, blocks out to a [BlockWriter]: one way of cutting and coding, for one level. Not thread safe.
interface Engine {
    /// Starts anew, with `plain[from, to)` as what went before; nothing of it is sent.
    void restart(byte[] plain, int from, int to);

    void write(byte[] plain, int offset, int length) throws IOException;

    /// Codes all that is pending, in blocks that end.
    void flush() throws IOException;
}
