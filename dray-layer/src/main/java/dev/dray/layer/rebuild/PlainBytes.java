package dev.dray.layer.rebuild;

import dev.dray.model.ByteSource;
import dev.dray.model.io.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Reads the plain bytes of a layer from front to back, with short steps back.
///
/// A run begins with the dictionary of its encoder, which the run before has read as well. So the last bytes are
/// remembered, and the source, in which seeking may be dear, is opened once; only a longer step back opens it again.
/// Not thread safe.
public final class PlainBytes extends BulkInputStream {
    /// The length of a free step back: the window of any encoder, and the bytes that one reads ahead.
    private static final int RING = 256 << 10;

    private final ByteSource source;
    private InputStream in = nullInputStream();
    private boolean opened;
    /// The position of `in`.
    private long end;
    /// A ring of the last `held` bytes before `end`, each at its position modulo the length.
    private final byte[] ring = new byte[RING];

    private int held;
    /// How many of them are read again.
    private int back;

    public PlainBytes(ByteSource source) {
        this.source = source;
    }

    /// Moves to a position.
    public void moveTo(long offset) throws IOException {
        if (opened && offset <= end && end - offset <= held) {
            back = (int) (end - offset);
        } else if (opened && offset > end) {
            pass(offset - end);
            restart(offset);
        } else {
            in.close();
            in = source.open(offset);
            opened = true;
            restart(offset);
        }
    }

    private void pass(long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            in.close();
            in = nullInputStream();
        }
    }

    private void restart(long offset) {
        end = offset;
        held = 0;
        back = 0;
    }

    /// Fills the buffer, except at the end.
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int again = Math.min(back, length);
        repeat(target, offset, again);
        int fresh = in.readNBytes(target, offset + again, length - again);
        remember(target, offset + again, fresh);
        return again + fresh == 0 && length > 0 ? -1 : again + fresh;
    }

    private void repeat(byte[] target, int offset, int length) {
        int from = (int) ((end - back) % RING);
        int part = Math.min(length, RING - from);
        System.arraycopy(ring, from, target, offset, part);
        System.arraycopy(ring, 0, target, offset + part, length - part);
        back -= length;
    }

    private void remember(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, RING);
        int start = offset + length - taken;
        int to = (int) ((end + length - taken) % RING);
        int part = Math.min(taken, RING - to);
        System.arraycopy(bytes, start, ring, to, part);
        System.arraycopy(bytes, start + part, ring, 0, taken - part);
        held = Math.min(RING, held + taken);
        end += length;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
