package dev.dray.model.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Copies all bytes read through it to a second stream. Closing closes the input, but not that stream.
public final class TeeInputStream extends BulkFilterInputStream {
    private final OutputStream copy;

    public TeeInputStream(InputStream in, OutputStream copy) {
        super(in);
        this.copy = copy;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            copy.write(buffer, offset, read);
        }
        return read;
    }
}
