package dev.dray.benchmark.stage;

import java.io.OutputStream;

/// Counts bytes and drops them.
public final class CountingSink extends OutputStream {
    private long count;

    public long count() {
        return count;
    }

    @Override
    public void write(int value) {
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        count += length;
    }
}
