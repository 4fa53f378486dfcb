package dev.dray.benchmark;

import java.io.OutputStream;

/// Counts bytes and drops them.
final class CountingSink extends OutputStream {
    private long count;

    long count() {
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
