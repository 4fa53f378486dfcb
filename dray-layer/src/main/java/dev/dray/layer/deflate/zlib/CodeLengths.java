package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.DeflateAlphabet.codeLengthOrder;
import static dev.dray.layer.deflate.zlib.Alphabet.CODE_LENGTHS;

import dev.dray.layer.deflate.BitWriter;
import java.io.IOException;

/// The head of a dynamic block: the lengths of both codes, run-length and Huffman coded (RFC 1951, 3.2.7). Not thread
/// safe.
final class CodeLengths {
    private static final int REPEAT = 16;
    private static final int FEW_ZEROS = 17;
    private static final int MANY_ZEROS = 18;

    private final HuffmanCode code = new HuffmanCode(CODE_LENGTHS, 7, Alphabet.CODE_LENGTH_EXTRA);
    /// Each a symbol, and what its extra bits hold, shifted left by 8.
    private final int[] runs = new int[Alphabet.LITERALS + Alphabet.DISTANCES];
    private int count;
    private int sentLengths;

    /// Prepares the head for two codes.
    ///
    /// @return its length in bits, without the three of the block's type
    long build(HuffmanCode literals, HuffmanCode distances) {
        code.clear();
        count = 0;
        scan(literals);
        scan(distances);
        long bits = code.build();
        sentLengths = CODE_LENGTHS;
        while (sentLengths > 4 && code.length(codeLengthOrder(sentLengths - 1)) == 0) {
            sentLengths--;
        }
        return bits + 3L * sentLengths + 5 + 5 + 4;
    }

    /// Cuts the lengths of a code into runs; a run never goes on from one code to the other.
    private void scan(HuffmanCode scanned) {
        int previous = -1;
        int symbol = 0;
        while (symbol <= scanned.lastSymbol) {
            int length = scanned.length(symbol);
            int longest = length == 0 ? 138 : length == previous ? 6 : 7;
            int run = 1;
            while (run < longest && symbol + run <= scanned.lastSymbol && scanned.length(symbol + run) == length) {
                run++;
            }
            add(length, run, previous);
            previous = length;
            symbol += run;
        }
    }

    private void add(int length, int run, int previous) {
        if (length == 0 && run >= 3) {
            add(run <= 10 ? FEW_ZEROS : MANY_ZEROS, run <= 10 ? run - 3 : run - 11);
        } else if (length != 0 && run >= (length == previous ? 3 : 4)) {
            if (length != previous) {
                add(length, 0);
                add(REPEAT, run - 4);
            } else {
                add(REPEAT, run - 3);
            }
        } else {
            for (int n = 0; n < run; n++) {
                add(length, 0);
            }
        }
    }

    private void add(int symbol, int extra) {
        runs[count++] = extra << 8 | symbol;
        code.frequencies[symbol]++;
    }

    /// Writes what was built.
    void write(HuffmanCode literals, HuffmanCode distances, BitWriter out) throws IOException {
        out.put(literals.lastSymbol + 1 - 257, 5);
        out.put(distances.lastSymbol, 5);
        out.put(sentLengths - 4, 4);
        for (int i = 0; i < sentLengths; i++) {
            out.put(code.length(codeLengthOrder(i)), 3);
        }
        for (int i = 0; i < count; i++) {
            int symbol = runs[i] & 0xff;
            int packed = code.codes[symbol];
            int width = packed >>> 16;
            out.put((packed & 0xffff) | (runs[i] >>> 8) << width, width + Alphabet.CODE_LENGTH_EXTRA[symbol]);
        }
    }
}
