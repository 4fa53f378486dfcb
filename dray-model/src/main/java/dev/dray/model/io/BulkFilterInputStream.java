package dev.dray.model.io;

import java.io.IOException;
import java.io.InputStream;

/// A [BulkInputStream] over another stream, which it closes. Unlike [java.io.FilterInputStream], all bytes go through
/// the bulk read: skipping reads, and marks are unsupported.
public abstract class BulkFilterInputStream extends BulkInputStream {
    protected final InputStream in;

    protected BulkFilterInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
