package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.DeflateAlphabet;
import java.io.IOException;
import java.util.Arrays;

/// The header of a dynamic block: two codes' widths, run-length coded and Huffman coded themselves (RFC 1951,
/// 3.2.7).
///
/// Go's choice of runs: of equal widths other than zero the first stands alone and the rest go in repeats of up
/// to six; zeros go in runs of up to 138, and of three to ten; what is left of either, fewer than three, stands
/// alone. Runs cross from the literal code into the distance code. Not thread safe.
final class CodeLengths {
    private static final int LIMIT = DeflateAlphabet.LITERAL_SYMBOLS + DeflateAlphabet.DISTANCE_SYMBOLS;
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;
    private static final int[] EXTRA_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};

    private final byte[] widths = new byte[LIMIT];
    private final byte[] symbols = new byte[LIMIT];
    private final byte[] extras = new byte[LIMIT];
    private final int[] frequencies = new int[DeflateAlphabet.CODE_LENGTH_SYMBOLS];
    private final PackageMerge code = new PackageMerge(DeflateAlphabet.CODE_LENGTH_SYMBOLS);
    private int size;
    private int literals;
    private int distances;
    private int lengths;

    /// Plans the header for these codes.
    ///
    /// @return its bits, the three bits of the block's type among them
    int plan(byte[] literalWidths, int literalCount, byte[] distanceWidths, int distanceCount) {
        literals = literalCount;
        distances = distanceCount;
        size = 0;
        Arrays.fill(frequencies, 0);
        System.arraycopy(literalWidths, 0, widths, 0, literalCount);
        System.arraycopy(distanceWidths, 0, widths, literalCount, distanceCount);
        int total = literalCount + distanceCount;
        int from = 0;
        while (from < total) {
            int to = from + 1;
            while (to < total && widths[to] == widths[from]) {
                to++;
            }
            run(widths[from], to - from);
            from = to;
        }
        code.build(frequencies, 7);
        lengths = DeflateAlphabet.CODE_LENGTH_SYMBOLS;
        while (lengths > 4 && frequencies[DeflateAlphabet.codeLengthOrder(lengths - 1)] == 0) {
            lengths--;
        }
        int bits = 3 + 5 + 5 + 4 + 3 * lengths + code.cost(frequencies);
        for (int symbol = REPEAT; symbol <= MANY_ZEROS; symbol++) {
            bits += frequencies[symbol] * EXTRA_BITS[symbol];
        }
        return bits;
    }

    private void run(int width, int length) {
        int left = length;
        if (width != 0) {
            add(width, 0);
            left--;
            while (left >= 3) {
                int part = Math.min(left, 6);
                add(REPEAT, part - 3);
                left -= part;
            }
        } else {
            while (left >= 11) {
                int part = Math.min(left, 138);
                add(MANY_ZEROS, part - 11);
                left -= part;
            }
            if (left >= 3) {
                add(ZEROS, left - 3);
                left = 0;
            }
        }
        for (; left > 0; left--) {
            add(width, 0);
        }
    }

    private void add(int symbol, int extra) {
        symbols[size] = (byte) symbol;
        extras[size++] = (byte) extra;
        frequencies[symbol]++;
    }

    /// Writes the header planned last, of a block that is not the last one.
    void write(BitWriter out) throws IOException {
        out.put(0b100, 3);
        out.put(literals - DeflateAlphabet.FIRST_LENGTH_SYMBOL, 5);
        out.put(distances - 1, 5);
        out.put(lengths - 4, 4);
        for (int i = 0; i < lengths; i++) {
            out.put(code.widths[DeflateAlphabet.codeLengthOrder(i)], 3);
        }
        for (int i = 0; i < size; i++) {
            int symbol = symbols[i];
            out.put(code.codes[symbol], code.widths[symbol]);
            out.put(extras[i] & 0xff, EXTRA_BITS[symbol]);
        }
    }
}
