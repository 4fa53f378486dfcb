package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.DeflateAlphabet;

/// The fixed codes of deflate (RFC 1951, 3.2.6), packed as in [PrefixCode].
final class FixedCodes {
    static final int[] LITERALS = literals();
    static final int[] DISTANCES = distances();

    private FixedCodes() {}

    private static int[] literals() {
        int[] codes = new int[Tokens.LITERAL_SYMBOLS];
        for (int symbol = 0; symbol < codes.length; symbol++) {
            int code = DeflateAlphabet.fixedLiteralCode(symbol);
            codes[symbol] = PrefixCode.packReversed(code, DeflateAlphabet.fixedLiteralWidth(symbol));
        }
        return codes;
    }

    private static int[] distances() {
        int[] codes = new int[Tokens.DISTANCE_SYMBOLS];
        for (int symbol = 0; symbol < codes.length; symbol++) {
            codes[symbol] = PrefixCode.pack(symbol, 5);
        }
        return codes;
    }

    /// The cost of the counts in the fixed codes, in bits, extra bits aside.
    static int cost(int[] literalCounts, int[] distanceCounts) {
        int total = 0;
        for (int symbol = 0; symbol < literalCounts.length; symbol++) {
            total += literalCounts[symbol] * PrefixCode.length(LITERALS, symbol);
        }
        for (int count : distanceCounts) {
            total += 5 * count;
        }
        return total;
    }
}
