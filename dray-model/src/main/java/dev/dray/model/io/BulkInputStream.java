package dev.dray.model.io;

import java.io.IOException;
import java.io.InputStream;

/// An input stream with a single read method: reading a byte and skipping go through the bulk read.
public abstract class BulkInputStream extends InputStream {
    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
