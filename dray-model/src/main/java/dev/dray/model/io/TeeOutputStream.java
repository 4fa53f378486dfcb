package dev.dray.model.io;

import java.io.IOException;
import java.io.OutputStream;

/// Writes to two streams, the first one first. Neither flushes nor closes them.
public final class TeeOutputStream extends BulkOutputStream {
    private final OutputStream first;
    private final OutputStream second;

    public TeeOutputStream(OutputStream first, OutputStream second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        first.write(bytes, offset, length);
        second.write(bytes, offset, length);
    }
}
