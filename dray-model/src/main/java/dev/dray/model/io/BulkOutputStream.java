package dev.dray.model.io;

import java.io.IOException;
import java.io.OutputStream;

/// An output stream with one way to write: a single byte passes through the bulk write as well.
public abstract class BulkOutputStream extends OutputStream {
    @Override
    public final void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}
