package dev.dray.store.rebuild;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.util.Objects;

/// One reader of a blob that is made for it, at its own place. Not thread safe.
final class RebuiltStream extends BulkInputStream {
    private final RebuildPool rebuilds;
    private final Digest blob;
    private final long size;
    private long position;
    private RebuildWindow.Seat seat;
    private boolean ended;

    RebuiltStream(RebuildPool rebuilds, Digest blob, long size, long offset) {
        this.rebuilds = rebuilds;
        this.blob = blob;
        this.size = size;
        this.position = offset;
        this.seat = rebuilds.seat(blob, offset);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (ended) {
            throw new IOException("the stream is closed");
        }
        if (length == 0 || position == size) {
            return length == 0 ? 0 : -1;
        }
        int count = seat.read(target, offset, length);
        while (count == RebuildWindow.OVERTAKEN) {
            move();
            count = seat.read(target, offset, length);
        }
        if (count < 0) {
            throw new IOException("blob %s ended at byte %d of %d".formatted(blob, position, size));
        }
        position += count;
        return count;
    }

    private void move() throws IOException {
        seat.leave();
        try {
            seat = rebuilds.seat(blob, position);
        } catch (DrayException | IllegalStateException e) {
            throw new IOException("blob %s broke off at byte %d: %s".formatted(blob, position, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            seat.leave();
        }
    }
}
