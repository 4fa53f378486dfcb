package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.DeflateAlphabet;
import java.io.IOException;
import java.util.Arrays;

/// The description of a pair of codes at the head of a dynamic block (RFC 1951, 3.2.7): their lengths, run-length
/// coded over both alphabets as one sequence. Not thread safe.
final class CodeHeader {
    private static final int REPEAT = 16;
    private static final int FEW_ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int[] EXTRA = {2, 3, 7};

    private final int[] lengths = new int[Tokens.LITERAL_SYMBOLS + 32];
    /// Symbols of the code of lengths, with the value of the extra bits above the lowest five.
    private final int[] runs = new int[lengths.length];

    private final int[] counts = new int[DeflateAlphabet.CODE_LENGTH_SYMBOLS];
    private final PrefixCode code;
    private int literals;
    private int distances;
    private int runCount;
    private int sentLengths;

    CodeHeader(boolean fromTree) {
        code = new PrefixCode(DeflateAlphabet.CODE_LENGTH_SYMBOLS, fromTree);
    }

    /// Takes the first `literals` and `distances` symbols of both codes.
    void describe(int[] literalCodes, int literals, int[] distanceCodes, int distances) {
        this.literals = literals;
        this.distances = distances;
        for (int symbol = 0; symbol < literals; symbol++) {
            lengths[symbol] = PrefixCode.length(literalCodes, symbol);
        }
        for (int symbol = 0; symbol < distances; symbol++) {
            lengths[literals + symbol] = PrefixCode.length(distanceCodes, symbol);
        }
        Arrays.fill(counts, 0);
        runCount = 0;
        int total = literals + distances;
        int start = 0;
        while (start < total) {
            int end = start + 1;
            while (end < total && lengths[end] == lengths[start]) {
                end++;
            }
            addRun(lengths[start], end - start);
            start = end;
        }
        code.build(counts, counts.length, 7);
        sentLengths = DeflateAlphabet.CODE_LENGTH_SYMBOLS;
        while (sentLengths > 4 && counts[DeflateAlphabet.codeLengthOrder(sentLengths - 1)] == 0) {
            sentLengths--;
        }
    }

    private void addRun(int length, int run) {
        int rest = run;
        if (length != 0) {
            add(length, 0);
            rest--;
            while (rest >= 3) {
                int piece = Math.min(6, rest);
                add(REPEAT, piece - 3);
                rest -= piece;
            }
        } else {
            while (rest >= 11) {
                int piece = Math.min(138, rest);
                add(MANY_ZEROS, piece - 11);
                rest -= piece;
            }
            if (rest >= 3) {
                add(FEW_ZEROS, rest - 3);
                rest = 0;
            }
        }
        for (; rest > 0; rest--) {
            add(length, 0);
        }
    }

    private void add(int symbol, int extra) {
        counts[symbol]++;
        runs[runCount++] = symbol | (extra << 5);
    }

    /// The length of what [#write] sends, in bits.
    int size() {
        return 3
                + 5
                + 5
                + 4
                + 3 * sentLengths
                + code.cost(counts)
                + 2 * counts[REPEAT]
                + 3 * counts[FEW_ZEROS]
                + 7 * counts[MANY_ZEROS];
    }

    /// Sends the block header of a dynamic block that is not the last, and the description.
    void write(BitWriter out) throws IOException {
        out.put(4 | ((literals - 257) << 3) | ((distances - 1) << 8) | ((sentLengths - 4) << 13), 17);
        for (int index = 0; index < sentLengths; index++) {
            out.put(code.length(DeflateAlphabet.codeLengthOrder(index)), 3);
        }
        int[] packed = code.packed();
        for (int index = 0; index < runCount; index++) {
            int symbol = runs[index] & 31;
            out.put(PrefixCode.bits(packed[symbol]), PrefixCode.width(packed[symbol]));
            if (symbol >= REPEAT) {
                out.put(runs[index] >>> 5, EXTRA[symbol - REPEAT]);
            }
        }
    }
}
