package dev.dray.layer.tar.recipe;

import dev.dray.model.DrayException;
import java.util.Arrays;

/// Reads what a [ColumnWriter] wrote. Not thread safe.
final class ColumnReader {
    private final byte[] bytes;
    private int position;

    ColumnReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return position == bytes.length;
    }

    /// @throws DrayException of kind CORRUPT when there is no more, as all methods here
    int next() {
        if (position == bytes.length) {
            throw exhausted();
        }
        return bytes[position++] & 0xff;
    }

    byte[] next(long count) {
        if (count < 0 || count > bytes.length - position) {
            throw exhausted();
        }
        byte[] part = Arrays.copyOfRange(bytes, position, position + (int) count);
        position += (int) count;
        return part;
    }

    long nextVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw RecipeFormat.corrupt("a number in it is too long");
    }

    /// A number that cannot be negative.
    long nextCount() {
        long value = nextVarint();
        if (value < 0) {
            throw RecipeFormat.corrupt("a number in it is too large");
        }
        return value;
    }

    long nextSigned() {
        long value = nextVarint();
        return value >>> 1 ^ -(value & 1);
    }

    /// Text up to a NUL, with `prefix` before it.
    ///
    /// @param longest what the whole may be long
    byte[] nextText(byte[] prefix, int shared, int longest) {
        int end = position;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        int length = end - position;
        if (end == bytes.length || shared > prefix.length || length > longest - shared) {
            throw RecipeFormat.corrupt("a text in it is too long");
        }
        byte[] text = Arrays.copyOf(prefix, shared + length);
        System.arraycopy(bytes, position, text, shared, length);
        position = end + 1;
        return text;
    }

    private static DrayException exhausted() {
        return RecipeFormat.corrupt("a column ends early");
    }
}
