package dev.dray.engine.layers;

import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Counts what is written and passes on the beginning of it; does not close its target.
final class CountingOutput extends BulkOutputStream {
    private final OutputStream target;
    private final long most;
    private long count;

    /// @param most how many bytes are passed on
    CountingOutput(OutputStream target, long most) {
        this.target = target;
        this.most = most;
    }

    long count() {
        return count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int part = Math.clamp(most - count, 0, length);
        target.write(bytes, offset, part);
        count += length;
    }
}
