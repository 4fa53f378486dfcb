package dev.dray.layer.deflate;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Compressed bytes from a stream, read by bits, with the exact position known at any time.
///
/// Bits are taken from the lowest up (RFC 1951, 3.1.1). Reads ahead of what was asked for, but [#position] and
/// the byte methods never see that. Not thread safe; does not close the stream.
public final class DeflateInput {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CAPACITY = 64 << 10;
    private static final int KEPT = 8;

    private final InputStream in;

    // The inflater's inner loop keeps copies of these in locals. The first bytes of the buffer are the last of the one
    // before, so that a byte of which some bits are left can always be seen whole.
    final byte[] buffer = new byte[KEPT + CAPACITY];
    int next = KEPT;
    int limit = KEPT;
    long bits;
    int count;

    private long taken;
    private boolean ended;

    public DeflateInput(InputStream in) {
        this.in = in;
    }

    /// How many bits were consumed so far.
    public long position() {
        return (taken - (limit - next)) * 8 - count;
    }

    /// The next byte, or -1 at the end. The input must be aligned.
    public int read() throws IOException {
        if (count == 0) {
            refill();
        }
        return count == 0 ? -1 : (int) take(8);
    }

    /// The byte `ahead` of the next one, not consumed, or -1 when the input ends before it.
    ///
    /// @param ahead from 0 to 5
    public int peek(int ahead) throws IOException {
        refill();
        return count < (ahead + 1) * 8 ? -1 : (int) (bits >>> (ahead * 8)) & 0xff;
    }

    /// The next bits as a number.
    ///
    /// @param width from 0 to 48
    /// @throws DrayException of kind CORRUPT when the input ends before them
    long take(int width) throws IOException {
        need(width);
        long value = bits & ((1L << width) - 1);
        bits >>>= width;
        count -= width;
        return value;
    }

    /// Fails unless `width` bits are there.
    void need(int width) throws IOException {
        if (count < width) {
            refill();
            if (count < width) {
                throw truncated();
            }
        }
    }

    /// The bits already consumed of the byte that holds the next bit, low bits first; 0 when aligned.
    int carry() {
        int used = -count & 7;
        return used == 0 ? 0 : buffer[next - (count + 7) / 8] & ((1 << used) - 1);
    }

    /// Takes back what a loop held in locals.
    void suspend(int nextByte, long heldBits, int held) {
        next = nextByte;
        bits = heldBits & ((1L << held) - 1);
        count = held;
    }

    /// Skips to the next whole byte.
    void align() {
        int odd = count & 7;
        bits >>>= odd;
        count -= odd;
    }

    /// Reads whole bytes; the input must be aligned.
    void read(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (count > 0 && done < length) {
            target[offset + done++] = (byte) take(8);
        }
        while (done < length) {
            if (next == limit && !load()) {
                throw truncated();
            }
            int part = Math.min(length - done, limit - next);
            System.arraycopy(buffer, next, target, offset + done, part);
            next += part;
            done += part;
        }
    }

    /// Brings the count of bits to at least 56, or to all that are left.
    void refill() throws IOException {
        while (count < 56) {
            if (next == limit && !load()) {
                return;
            }
            bits |= (buffer[next++] & 0xffL) << count;
            count += 8;
        }
    }

    private boolean load() throws IOException {
        if (ended) {
            return false;
        }
        if (limit >= KEPT) {
            System.arraycopy(buffer, limit - KEPT, buffer, 0, KEPT);
        }
        int read = in.read(buffer, KEPT, CAPACITY);
        if (read < 0) {
            ended = true;
            return false;
        }
        next = KEPT;
        limit = KEPT + read;
        taken += read;
        return true;
    }

    DrayException truncated() {
        return new DrayException(
                DrayException.Kind.CORRUPT, "truncated deflate data: it ends at byte %d".formatted(taken));
    }
}
