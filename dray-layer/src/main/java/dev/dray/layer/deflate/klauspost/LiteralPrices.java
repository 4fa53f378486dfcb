package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.klauspost.EraRules.Change;
import java.util.Arrays;

/// The price of the bytes of a window as literals, in bits of a code for the bytes to come: level 9 takes a longer
/// match only when it saves more. Not thread safe.
final class LiteralPrices {
    private static final int BASE_COST = 3;
    private static final int SHORTEST = 3;
    private static final int LONGEST_DISTANCE = 1 << 15;
    private static final int SYMBOL_OF_WRAPPED = 14;

    private final int learned;
    private final PrefixCode code;
    private final int[] counts = new int[256];
    /// The cost of the bytes from the first that was priced up to each.
    private final int[] costs;

    LiteralPrices(int window, EraRules rules) {
        learned = Math.min(window, rules.pricedBytes());
        code = new PrefixCode(256, rules.has(Change.HUFFMAN_TREES));
        costs = new int[window + 1];
    }

    /// Prices `window[from, to)` by a code for the first bytes of it. Counts have 16 bits: 65,536 equal bytes are
    /// none.
    void learn(byte[] window, int from, int to) {
        Arrays.fill(counts, 0);
        for (int position = from; position < Math.min(to, from + learned); position++) {
            counts[window[position] & 0xff]++;
        }
        for (int symbol = 0; symbol < counts.length; symbol++) {
            counts[symbol] &= 0xffff;
        }
        code.build(counts, counts.length, PrefixCode.LONGEST);
        costs[from] = 0;
        for (int position = from; position < to; position++) {
            costs[position + 1] = costs[position] + code.length(window[position] & 0xff);
        }
    }

    /// The estimate takes the distance itself, not less 1, for the index of a table, where the longest wraps
    /// around.
    private static int pricedSymbol(int distance) {
        return distance == LONGEST_DISTANCE ? SYMBOL_OF_WRAPPED : Symbols.distanceSymbol(distance);
    }

    /// The bits that a match saves at that position, by an estimate of its own cost.
    int gain(int position, int length, int distance) {
        int literals = costs[position + length] - costs[position];
        return literals
                - Symbols.distanceExtra(pricedSymbol(distance))
                - BASE_COST
                - Symbols.lengthExtra(Symbols.lengthSymbol(length - SHORTEST));
    }
}
