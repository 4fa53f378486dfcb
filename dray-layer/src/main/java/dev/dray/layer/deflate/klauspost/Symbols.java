package dev.dray.layer.deflate.klauspost;

/// The alphabets of deflate (RFC 1951, 3.2.5): which symbol stands for a length or distance, and its extra bits.
///
/// Lengths here are lengths minus 3 and distances are distances minus 1, so that a byte and a short hold them.
final class Symbols {
    private static final int[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final byte[] LENGTH_SYMBOL = new byte[256];
    private static final int[] LENGTH_BASE = new int[LENGTH_EXTRA.length];
    private static final int[] DISTANCE_BASE = new int[Tokens.DISTANCE_SYMBOLS];

    static {
        int base = 0;
        for (int symbol = 0; symbol < LENGTH_EXTRA.length - 1; symbol++) {
            LENGTH_BASE[symbol] = base;
            for (int step = 0; step < (1 << LENGTH_EXTRA[symbol]); step++) {
                LENGTH_SYMBOL[Math.min(base++, 255)] = (byte) symbol;
            }
        }
        LENGTH_BASE[28] = 255;
        LENGTH_SYMBOL[255] = 28;
        for (int symbol = 1; symbol < Tokens.DISTANCE_SYMBOLS; symbol++) {
            DISTANCE_BASE[symbol] = DISTANCE_BASE[symbol - 1] + (1 << distanceExtra(symbol - 1));
        }
    }

    private Symbols() {}

    /// The symbol of a length, counted from 0 (257 in the alphabet).
    static int lengthSymbol(int length) {
        return LENGTH_SYMBOL[length];
    }

    static int lengthExtra(int symbol) {
        return LENGTH_EXTRA[symbol];
    }

    static int lengthBase(int symbol) {
        return LENGTH_BASE[symbol];
    }

    /// The symbol of a distance minus 1.
    static int distanceSymbol(int distance) {
        if (distance < 4) {
            return distance;
        }
        int log = 31 - Integer.numberOfLeadingZeros(distance);
        return 2 * log + ((distance >>> (log - 1)) & 1);
    }

    static int distanceExtra(int symbol) {
        return Math.max(0, (symbol >>> 1) - 1);
    }

    static int distanceBase(int symbol) {
        return DISTANCE_BASE[symbol];
    }
}
