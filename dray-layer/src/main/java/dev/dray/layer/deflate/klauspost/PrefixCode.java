package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.DeflateAlphabet;
import java.util.Arrays;

/// A canonical prefix code (RFC 1951, 3.2.2) of limited length, built from symbol counts.
///
/// Lengths come from package-merge: level by level, pairs of the level below are merged with the symbols in order of
/// (count, symbol), and at equal weight the pair goes first. That rule decides among codes of equal cost, so it is part
/// of the output. With one or two symbols each gets one bit, which can leave the code incomplete. Not thread safe.
final class PrefixCode {
    static final int LONGEST = 15;

    private static final int LENGTH_BITS = 4;
    private static final int SYMBOL_BITS = 9;
    private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

    private final int[] codes;
    private final int[] sorted;
    private final int[] weights;
    private final int[] pairs;
    private final int[][] symbolsBefore;
    private final int[] lengthCounts = new int[LONGEST + 1];
    private final int[] nextCode = new int[LONGEST + 2];

    PrefixCode(int symbols) {
        codes = new int[symbols];
        sorted = new int[symbols];
        weights = new int[2 * symbols];
        pairs = new int[symbols];
        symbolsBefore = new int[LONGEST + 1][2 * symbols + 1];
    }

    /// The packed codes: bits in sending order above the lowest four, which hold the length; 0 for a symbol
    /// without.
    int[] packed() {
        return codes;
    }

    int length(int symbol) {
        return codes[symbol] & LONGEST;
    }

    static int length(int[] packed, int symbol) {
        return packed[symbol] & LONGEST;
    }

    static int bits(int packed) {
        return packed >>> LENGTH_BITS;
    }

    static int width(int packed) {
        return packed & LONGEST;
    }

    static int pack(int code, int length) {
        return packReversed(DeflateAlphabet.reverse(code, length), length);
    }

    /// @param code with its bits in sending order already
    static int packReversed(int code, int length) {
        return code << LENGTH_BITS | length;
    }

    /// Builds the code for `counts[0, symbols)`; symbols from there on keep what they had.
    void build(int[] counts, int symbols, int longest) {
        int used = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            codes[symbol] = 0;
            if (counts[symbol] != 0) {
                sorted[used++] = (counts[symbol] << SYMBOL_BITS) | symbol;
            }
        }
        if (used <= 2) {
            for (int index = 0; index < used; index++) {
                codes[sorted[index] & SYMBOL_MASK] = pack(index, 1);
            }
            return;
        }
        Arrays.sort(sorted, 0, used);
        int levels = Math.min(longest, used - 1);
        merge(used, levels);
        countLengths(used, levels);
        assign(used, symbols, levels);
    }

    private void merge(int used, int levels) {
        int wanted = 2 * used - 2;
        int pairCount = 0;
        for (int level = 1; level <= levels; level++) {
            int[] before = symbolsBefore[level];
            int symbol = 0;
            int pair = 0;
            int made = 0;
            while (made < wanted && (symbol < used || pair < pairCount)) {
                boolean takeSymbol =
                        symbol < used && (pair == pairCount || (sorted[symbol] >>> SYMBOL_BITS) < pairs[pair]);
                weights[made] = takeSymbol ? sorted[symbol++] >>> SYMBOL_BITS : pairs[pair++];
                before[++made] = symbol;
            }
            pairCount = made / 2;
            for (int index = 0; index < pairCount; index++) {
                pairs[index] = weights[2 * index] + weights[2 * index + 1];
            }
        }
    }

    private void countLengths(int used, int levels) {
        int taken = 2 * used - 2;
        int outer = 0;
        Arrays.fill(lengthCounts, 0);
        for (int length = 1; length <= levels; length++) {
            int symbols = symbolsBefore[levels - length + 1][taken];
            if (length > 1) {
                lengthCounts[length - 1] = outer - symbols;
            }
            outer = symbols;
            taken = 2 * (taken - symbols);
        }
        lengthCounts[levels] = outer;
    }

    private void assign(int used, int symbols, int levels) {
        int end = used;
        int code = 0;
        for (int length = 1; length <= levels; length++) {
            code <<= 1;
            nextCode[length] = code;
            code += lengthCounts[length];
            for (int index = end - lengthCounts[length]; index < end; index++) {
                codes[sorted[index] & SYMBOL_MASK] = length;
            }
            end -= lengthCounts[length];
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = codes[symbol];
            if (length != 0) {
                codes[symbol] = pack(nextCode[length]++, length);
            }
        }
    }

    /// The cost of `counts` in this code, in bits, extra bits aside.
    int cost(int[] counts) {
        int total = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            total += counts[symbol] * length(symbol);
        }
        return total;
    }

    /// Whether every symbol that occurs has a code.
    boolean covers(int[] counts, int symbols) {
        for (int symbol = 0; symbol < symbols; symbol++) {
            if (counts[symbol] != 0 && codes[symbol] == 0) {
                return false;
            }
        }
        return true;
    }
}
