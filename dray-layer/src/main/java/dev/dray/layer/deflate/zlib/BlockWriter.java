package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.Alphabet.END_OF_BLOCK;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.DeflateAlphabet;
import java.io.IOException;
import java.io.OutputStream;

/// Writes the tokens of a block in the shortest of the three forms: stored, with the fixed codes, with
/// codes of its own. Not thread safe.
final class BlockWriter {
    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;

    private static final int[] FIXED_LITERALS = new int[Alphabet.LITERALS];
    private static final int[] FIXED_DISTANCES = new int[Alphabet.DISTANCES];

    static {
        for (int symbol = 0; symbol < Alphabet.LITERALS; symbol++) {
            FIXED_LITERALS[symbol] =
                    DeflateAlphabet.fixedLiteralWidth(symbol) << 16 | DeflateAlphabet.fixedLiteralCode(symbol);
        }
        for (int symbol = 0; symbol < Alphabet.DISTANCES; symbol++) {
            FIXED_DISTANCES[symbol] = HuffmanCode.packed(symbol, 5);
        }
    }

    private final CodeLengths codeLengths = new CodeLengths();
    private final OutputStream sink;
    private BitWriter out;
    /// Whether bits wait that did not reach the sink.
    private boolean unfinished;

    BlockWriter(OutputStream sink) {
        this.sink = sink;
        this.out = new BitWriter(sink);
    }

    /// Drops what a failure left behind.
    void restart() {
        if (unfinished) {
            out = new BitWriter(sink);
            unfinished = false;
        }
    }

    /// Writes a block and clears the tokens.
    ///
    /// @param start of its plain bytes; negative when they are gone, then it cannot be stored
    /// @param length of its plain bytes
    void write(Tokens tokens, byte[] plain, int start, int length, boolean last) throws IOException {
        HuffmanCode literals = tokens.literals;
        HuffmanCode distances = tokens.distances;
        long dynamicBits = literals.build() + distances.build() + codeLengths.build(literals, distances);
        long fixedBits = literals.bits(FIXED_LITERALS) + distances.bits(FIXED_DISTANCES);
        long dynamicBytes = (dynamicBits + 3 + 7) >>> 3;
        long fixedBytes = (fixedBits + 3 + 7) >>> 3;
        if (start >= 0 && length + 4 <= Math.min(fixedBytes, dynamicBytes)) {
            stored(plain, start, length, last);
        } else if (fixedBytes <= dynamicBytes) {
            head(FIXED, last);
            body(tokens, FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            head(DYNAMIC, last);
            codeLengths.write(literals, distances, out);
            body(tokens, literals.codes, distances.codes);
        }
        tokens.clear();
    }

    /// Writes a stored block, which may be empty.
    void stored(byte[] plain, int start, int length, boolean last) throws IOException {
        head(STORED, last);
        out.align();
        out.put(length, 16);
        out.put(~length & 0xffff, 16);
        if (length > 0) {
            out.put(plain, start, length);
        }
    }

    /// Writes a block with fixed codes and nothing in it: ten bits.
    void emptyFixed() throws IOException {
        head(FIXED, false);
        put(FIXED_LITERALS[END_OF_BLOCK]);
    }

    /// How many bits there are in the last byte.
    int pendingBits() {
        return (int) (out.position() & 7);
    }

    /// Fills up the last byte and gives all to the sink.
    void finish() throws IOException {
        out.align();
        out.drain();
        unfinished = false;
    }

    private void head(int type, boolean last) throws IOException {
        unfinished = true;
        out.put(type << 1 | (last ? 1 : 0), 3);
    }

    private void put(int code) throws IOException {
        out.put(code & 0xffff, code >>> 16);
    }

    private void body(Tokens tokens, int[] literals, int[] distances) throws IOException {
        int[] values = tokens.values;
        int count = tokens.count;
        for (int i = 0; i < count; i++) {
            int token = values[i];
            int distance = token & 0xffff;
            if (distance == 0) {
                put(literals[token >>> 16]);
            } else {
                match(token >>> 16, distance - 1, literals, distances);
            }
        }
        put(literals[END_OF_BLOCK]);
    }

    private void match(int length, int distance, int[] literals, int[] distances) throws IOException {
        int symbol = Alphabet.lengthSymbol(length);
        int code = literals[symbol];
        int width = code >>> 16;
        long bits = (code & 0xffff) | (long) (length - Alphabet.LENGTH_BASE[symbol]) << width;
        width += Alphabet.LITERAL_EXTRA[symbol];
        symbol = Alphabet.distanceSymbol(distance);
        code = distances[symbol];
        bits |= (long) (code & 0xffff) << width;
        width += code >>> 16;
        bits |= (long) (distance - Alphabet.DISTANCE_BASE[symbol]) << width;
        out.put(bits, width + Alphabet.DISTANCE_EXTRA[symbol]);
    }
}
