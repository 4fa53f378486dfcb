package dev.dray.layer.deflate.klauspost;

/// The fixed codes of deflate (RFC 1951, 3.2.6), packed as in [PrefixCode].
final class FixedCodes {
    static final int[] LITERALS = literals();
    static final int[] DISTANCES = distances();

    private FixedCodes() {}

    private static int[] literals() {
        int[] codes = new int[Tokens.LITERAL_SYMBOLS];
        for (int symbol = 0; symbol < codes.length; symbol++) {
            if (symbol < 144) {
                codes[symbol] = PrefixCode.pack(0x30 + symbol, 8);
            } else if (symbol < 256) {
                codes[symbol] = PrefixCode.pack(0x190 + symbol - 144, 9);
            } else if (symbol < 280) {
                codes[symbol] = PrefixCode.pack(symbol - 256, 7);
            } else {
                codes[symbol] = PrefixCode.pack(0xc0 + symbol - 280, 8);
            }
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

    /// What the counts cost in the fixed codes, in bits, extra bits aside.
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
