package dev.dray.layer.prove;

import dev.dray.model.ByteSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the bytes that are read from a source: what work was done with them. Thread safe.
final class MeteredSource implements ByteSource {
    private final ByteSource source;
    private final AtomicLong read = new AtomicLong();

    MeteredSource(ByteSource source) {
        this.source = source;
    }

    /// How many bytes were read so far.
    long bytesRead() {
        return read.get();
    }

    @Override
    public long size() throws IOException {
        return source.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return new FilterInputStream(source.open(offset)) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                read.addAndGet(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] target, int at, int length) throws IOException {
                int count = in.read(target, at, length);
                read.addAndGet(Math.max(0, count));
                return count;
            }
        };
    }
}
