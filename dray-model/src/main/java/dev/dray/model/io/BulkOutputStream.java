package dev.dray.model.io;

import java.io.IOException;
import java.io.OutputStream;

/// An output stream with a single write method: writing a byte goes through the bulk write.
public abstract class BulkOutputStream extends OutputStream {
    @Override
    public final void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;
}
