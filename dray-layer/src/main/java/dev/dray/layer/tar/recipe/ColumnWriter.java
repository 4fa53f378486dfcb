package dev.dray.layer.tar.recipe;

import java.util.Arrays;

/// Grows the plain bytes of one column. Not thread safe.
public final class ColumnWriter {
    private byte[] bytes = new byte[256];
    private int length;

    public int length() {
        return length;
    }

    public byte[] bytes() {
        return bytes;
    }

    void clear() {
        length = 0;
    }

    public void put(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    public void put(byte[] source, int offset, int count) {
        reserve(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /// Seven bits a byte, least significant first, the high bit set on all but the last.
    void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((int) rest | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    /// A number that may be negative, small in both directions.
    void putSigned(long value) {
        putVarint(value << 1 ^ value >> 63);
    }

    /// Text without NUL, from `from` on, and a NUL.
    void putText(byte[] text, int from) {
        put(text, from, text.length - from);
        put(0);
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
