package dev.dray.layer.deflate;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Packs bits into bytes, least significant bit first, as deflate does (RFC 1951, 3.1.1). Not thread safe.
public final class BitWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /// Small, so that a sink that compares can stop a wrong encoder early.
    private static final int CAPACITY = 16 << 10;

    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY + Long.BYTES];
    private int length;
    private long drained;
    private long bits;
    private int count;

    public BitWriter(OutputStream out) {
        this.out = out;
    }

    /// Goes on in the middle of a byte.
    ///
    /// @param carry the low bits of that byte, written before
    /// @param width how many they are, from 0 to 7
    public BitWriter(OutputStream out, int carry, int width) {
        this.out = out;
        this.bits = carry;
        this.count = width;
    }

    /// Appends the low `width` bits of `value`; the bits above must be zero.
    ///
    /// @param width from 0 to 48
    public void put(long value, int width) throws IOException {
        bits |= value << count;
        count += width;
        if (count >= 16) {
            spill();
        }
    }

    private void spill() throws IOException {
        LONG.set(buffer, length, bits);
        int whole = count >>> 3;
        length += whole;
        bits = whole == 8 ? 0 : bits >>> (whole << 3);
        count &= 7;
        if (length >= CAPACITY) {
            drain();
        }
    }

    /// Pads with zero bits to the next byte.
    public void align() throws IOException {
        put(0, -count & 7);
        spill();
    }

    /// Appends whole bytes; the writer must be aligned.
    public void put(byte[] source, int offset, int size) throws IOException {
        if ((count & 7) != 0) {
            throw new IllegalStateException("%d bits wait".formatted(count));
        }
        spill();
        drain();
        out.write(source, offset, size);
        drained += size;
    }

    /// How many bits were appended so far.
    public long position() {
        return (drained + length) * 8 + count;
    }

    /// The bits of the byte that is not whole yet, low bits first; as many as [#position] modulo 8.
    public int carry() {
        return (int) (bits >>> (count & ~7)) & 0xff;
    }

    /// Gives all whole bytes to the sink; up to seven bits stay.
    public void drain() throws IOException {
        if (count >= 8) {
            spill();
        }
        out.write(buffer, 0, length);
        drained += length;
        length = 0;
    }
}
