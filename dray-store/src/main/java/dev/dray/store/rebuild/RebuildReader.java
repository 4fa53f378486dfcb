package dev.dray.store.rebuild;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.util.Objects;

/// One reader of a blob that is rebuilt, at its own position. A reader that leaves its window behind reopens the blob
/// there. Not thread safe.
final class RebuildReader extends BulkInputStream {
    private final RebuildPool pool;
    private final Digest blob;
    private final long size;
    private RebuildWindow window;
    /// Guarded by the lock of the window, which looks at all its readers.
    private long position;

    private boolean closed;

    RebuildReader(RebuildPool pool, Digest blob, long size, long position) {
        this.pool = pool;
        this.blob = blob;
        this.size = size;
        this.position = position;
        this.window = pool.join(blob, this);
    }

    /// The next byte to read, for the window; under its lock, or before the reader has joined it.
    long position() {
        return position;
    }

    /// For the window, under its lock.
    void advance(int count) {
        position += count;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (length == 0 || position == size) {
            return length == 0 ? 0 : -1;
        }
        int count = window.read(this, target, offset, length);
        while (count == RebuildWindow.OVERTAKEN) {
            reopen();
            count = window.read(this, target, offset, length);
        }
        if (count < 0) {
            throw new IOException("blob %s ended at byte %d of %d".formatted(blob, position, size));
        }
        return count;
    }

    private void reopen() throws IOException {
        window.leave(this);
        try {
            window = pool.join(blob, this);
        } catch (DrayException | IllegalStateException e) {
            throw new IOException("blob %s broke off at byte %d: %s".formatted(blob, position, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            window.leave(this);
        }
    }
}
