package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.DeflateAlphabet;

/// The alphabets of deflate (RFC 1951, 3.2.5): which symbol stands for a length or distance, and its extra bits.
///
/// The tables of [DeflateAlphabet] for lengths minus 3 and distances minus 1, as tokens hold them: the loop that sends
/// them has nothing to add.
final class Symbols {
    private static final int[] LENGTH_EXTRA =
            new int[DeflateAlphabet.LITERAL_SYMBOLS - DeflateAlphabet.FIRST_LENGTH_SYMBOL];
    private static final int[] LENGTH_BASE = new int[LENGTH_EXTRA.length];
    private static final int[] DISTANCE_BASE = new int[Tokens.DISTANCE_SYMBOLS];

    static {
        for (int symbol = 0; symbol < LENGTH_EXTRA.length; symbol++) {
            LENGTH_EXTRA[symbol] = DeflateAlphabet.lengthExtraBits(symbol);
            LENGTH_BASE[symbol] = DeflateAlphabet.lengthBase(symbol) - DeflateAlphabet.MIN_LENGTH;
        }
        for (int symbol = 0; symbol < DISTANCE_BASE.length; symbol++) {
            DISTANCE_BASE[symbol] = DeflateAlphabet.distanceBase(symbol) - 1;
        }
    }

    private Symbols() {}

    /// The symbol of a length, counted from 0 (257 in the alphabet).
    static int lengthSymbol(int length) {
        return DeflateAlphabet.lengthCode(length);
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
