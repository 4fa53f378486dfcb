package dev.dray.layer.rebuild;

import dev.dray.layer.recipe.Segment;
import dev.dray.model.Digest;
import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/// Passes consecutive segments on, each in one write, when its hash agrees.
///
/// Bytes behind the last segment are dropped. Not thread safe.
public class SegmentSink extends BulkOutputStream {
    private final List<Segment> segments;
    private final OutputStream target;
    private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
    private byte[] buffer = new byte[0];
    private int index;
    private int filled;

    public SegmentSink(List<Segment> segments, OutputStream target) {
        this.segments = segments;
        this.target = target;
    }

    /// Whether all segments were passed on.
    protected final boolean full() {
        return index == segments.size();
    }

    /// The offset of the next byte in the blob.
    protected final long offset() {
        return segments.get(index).offset() + filled;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && !full()) {
            Segment segment = segments.get(index);
            int size = Math.toIntExact(segment.length());
            if (buffer.length < size) {
                buffer = Arrays.copyOf(buffer, size);
            }
            int part = Math.min(length - done, size - filled);
            System.arraycopy(bytes, offset + done, buffer, filled, part);
            filled += part;
            done += part;
            if (filled == size) {
                hasher.update(buffer, 0, size);
                if (shortHash(hasher) != segment.hash()) {
                    throw new MismatchException(segment.offset());
                }
                target.write(buffer, 0, size);
                filled = 0;
                index++;
            }
        }
    }

    /// The first bytes of a hash, as segments have them; resets the hasher.
    public static long shortHash(MessageDigest hasher) {
        return shortHash(hasher.digest());
    }

    public static long shortHash(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }
}
