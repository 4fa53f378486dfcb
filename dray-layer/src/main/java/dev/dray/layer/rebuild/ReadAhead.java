package dev.dray.layer.rebuild;

import dev.dray.model.ByteSource;
import dev.dray.model.io.BulkInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Plain bytes that were read for a run. When the encoder looks farther ahead than expected, the source is opened where
/// they end. Not thread safe.
public final class ReadAhead extends BulkInputStream {
    private final ByteSource source;
    private final long end;
    private InputStream in;
    private boolean beyond;

    /// @param start the offset of `slice` in the source
    public ReadAhead(byte[] slice, int length, ByteSource source, long start) {
        this.in = new ByteArrayInputStream(slice, 0, length);
        this.source = source;
        this.end = start + length;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count < 0 && !beyond) {
            beyond = true;
            in = source.open(end);
            count = in.read(target, offset, length);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
