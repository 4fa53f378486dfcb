package dev.dray.layer.rebuild;

import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Passes on the bytes of one range only.
final class RangeOutput extends BulkOutputStream {
    private final OutputStream target;
    private long skip;
    private long left;

    /// @param skip bytes that come before the range
    /// @param length of the range
    RangeOutput(long skip, long length, OutputStream target) {
        this.skip = skip;
        this.left = length;
        this.target = target;
    }

    /// @throws IllegalArgumentException when a blob of this size does not hold the range
    static void check(long offset, long length, long size) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("%d bytes from %d of %d".formatted(length, offset, size));
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int skipped = (int) Math.min(skip, length);
        int part = (int) Math.min(left, length - skipped);
        skip -= skipped;
        left -= part;
        target.write(bytes, offset + skipped, part);
    }
}
