package dev.dray.layer.rebuild;

import dev.dray.model.ByteSource;
import dev.dray.model.io.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The plain bytes of a layer, read from front to back.
///
/// The last bytes that were read are kept, so that it can go back a little: a stretch begins with bytes that an encoder
/// must know, and those were needed for the stretch before as well. So the source, for which going to a place may be
/// dear, is opened once; going back farther opens it again. Not thread safe.
public final class PlainBytes extends BulkInputStream {
    /// How far it can go back for nothing: a window of any encoder, and what one reads ahead.
    private static final int KEPT = 256 << 10;

    private final ByteSource source;
    private InputStream in = nullInputStream();
    private boolean opened;
    /// Where `in` stands.
    private long end;
    /// The byte at each place of the last ones before `end`, as many as `held`, under the place modulo the length.
    private final byte[] kept = new byte[KEPT];

    private int held;
    /// How many of them are still to be given.
    private int back;

    public PlainBytes(ByteSource source) {
        this.source = source;
    }

    /// Goes to a place; what is read next stands there.
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

    /// Reads as much as is asked for, and less only at the end.
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int again = Math.min(back, length);
        repeat(target, offset, again);
        int fresh = in.readNBytes(target, offset + again, length - again);
        keep(target, offset + again, fresh);
        return again + fresh == 0 && length > 0 ? -1 : again + fresh;
    }

    private void repeat(byte[] target, int offset, int length) {
        int from = (int) ((end - back) % KEPT);
        int part = Math.min(length, KEPT - from);
        System.arraycopy(kept, from, target, offset, part);
        System.arraycopy(kept, 0, target, offset + part, length - part);
        back -= length;
    }

    private void keep(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, KEPT);
        int start = offset + length - taken;
        int to = (int) ((end + length - taken) % KEPT);
        int part = Math.min(taken, KEPT - to);
        System.arraycopy(bytes, start, kept, to, part);
        System.arraycopy(bytes, start + part, kept, 0, taken - part);
        held = Math.min(KEPT, held + taken);
        end += length;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
