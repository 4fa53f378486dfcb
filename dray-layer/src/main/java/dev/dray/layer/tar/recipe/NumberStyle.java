package dev.dray.layer.tar.recipe;

/// How a numeric field of a header is written, so that its bytes follow from the value.
///
/// A style is a small number that stands in recipes: bit 0 says padded with spaces instead of zeros, the bits above
/// choose the terminator; then come [#EMPTY] and [#BINARY].
final class NumberStyle {
    private static final byte[][] TERMINATORS = {{0}, {' '}, {' ', 0}, {0, ' '}, {}};

    /// All NUL.
    static final int EMPTY = 2 * TERMINATORS.length;

    /// Base 256, not negative.
    static final int BINARY = EMPTY + 1;

    /// Nothing that this class can write.
    static final int NONE = -1;

    private NumberStyle() {}

    static boolean isKnown(int style) {
        return style >= 0 && style <= BINARY;
    }

    /// The style of a field, or [#NONE].
    static int of(byte[] block, int offset, int width) {
        if (block[offset] < 0) {
            return isPlainBinary(block, offset, width) ? BINARY : NONE;
        }
        byte last = block[offset + width - 1];
        byte before = block[offset + width - 2];
        int terminator = last == 0 ? (before == ' ' ? 2 : 0) : last == ' ' ? (before == 0 ? 3 : 1) : 4;
        int end = offset + width - TERMINATORS[terminator].length;
        int digits = offset;
        while (digits < end && block[digits] == ' ') {
            digits++;
        }
        if (digits > offset && (digits == end || (block[digits] == '0' && digits < end - 1))) {
            return NONE;
        }
        for (int i = digits; i < end; i++) {
            if (block[i] < '0' || block[i] > '7') {
                return terminator == 0 && isEmpty(block, offset, width) ? EMPTY : NONE;
            }
        }
        return 2 * terminator + (digits > offset ? 1 : 0);
    }

    private static boolean isEmpty(byte[] block, int offset, int width) {
        for (int i = offset; i < offset + width; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainBinary(byte[] block, int offset, int width) {
        int valueBytes = Math.min(width - 1, Long.BYTES);
        for (int i = 1; i < width - valueBytes; i++) {
            if (block[offset + i] != 0) {
                return false;
            }
        }
        return block[offset] == (byte) 0x80 && (width <= Long.BYTES || block[offset + width - valueBytes] >= 0);
    }

    /// Writes `value` into the field.
    ///
    /// @return false when it does not fit
    static boolean write(byte[] block, int offset, int width, int style, long value) {
        if (style == EMPTY) {
            fill(block, offset, offset + width, (byte) 0);
            return value == 0;
        }
        if (style == BINARY) {
            return writeBinary(block, offset, width, value);
        }
        byte[] terminator = TERMINATORS[style >> 1];
        int end = offset + width - terminator.length;
        System.arraycopy(terminator, 0, block, end, terminator.length);
        long rest = value;
        int at = end;
        do {
            block[--at] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        } while (rest != 0 && at > offset);
        fill(block, offset, at, (byte) ((style & 1) == 0 ? '0' : ' '));
        return rest == 0;
    }

    private static boolean writeBinary(byte[] block, int offset, int width, long value) {
        fill(block, offset, offset + width, (byte) 0);
        int valueBytes = Math.min(width - 1, Long.BYTES);
        for (int i = 0; i < valueBytes; i++) {
            block[offset + width - 1 - i] = (byte) (value >>> (Byte.SIZE * i));
        }
        block[offset] = (byte) 0x80;
        return value >= 0 && (valueBytes == Long.BYTES || value >>> (Byte.SIZE * valueBytes) == 0);
    }

    private static void fill(byte[] block, int from, int to, byte with) {
        for (int i = from; i < to; i++) {
            block[i] = with;
        }
    }
}
