package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.DeflateAlphabet;
import java.io.IOException;
import java.util.Arrays;

/// Go's block policies: which of stored, fixed and dynamic a block becomes, and its bits.
///
/// There are three, one for each kind of parser: [#smallest] compares all kinds, [#dynamicUnlessStored] and
/// [#literalsUnlessStored] store a block only when that saves a sixteenth. No block is marked as last; the
/// stream ends with an empty stored block. Tokens: a literal is its value, a match `MATCH | (length - 3) << 16
/// | (distance - 1)`. Not thread safe.
final class GoBlockWriter {
    static final int MATCH = 1 << 30;
    private static final int CODE_WIDTH = 15;

    private static final byte[] FIXED_WIDTHS = new byte[DeflateAlphabet.LITERAL_SYMBOLS];
    private static final int[] FIXED_CODES = new int[DeflateAlphabet.LITERAL_SYMBOLS];
    private static final byte[] FIXED_DISTANCE_WIDTHS = new byte[DeflateAlphabet.DISTANCE_SYMBOLS];
    private static final int[] FIXED_DISTANCE_CODES = new int[DeflateAlphabet.DISTANCE_SYMBOLS];
    private static final byte[] ONE_DISTANCE = {1};

    static {
        for (int symbol = 0; symbol < FIXED_CODES.length; symbol++) {
            FIXED_WIDTHS[symbol] = (byte) DeflateAlphabet.fixedLiteralWidth(symbol);
            FIXED_CODES[symbol] = DeflateAlphabet.fixedLiteralCode(symbol);
        }
        Arrays.fill(FIXED_DISTANCE_WIDTHS, (byte) 5);
        for (int code = 0; code < FIXED_DISTANCE_CODES.length; code++) {
            FIXED_DISTANCE_CODES[code] = DeflateAlphabet.reverse(code, 5);
        }
    }

    private final BitWriter out;
    private final int[] literalFrequencies = new int[DeflateAlphabet.LITERAL_SYMBOLS];
    private final int[] distanceFrequencies = new int[DeflateAlphabet.DISTANCE_SYMBOLS];
    private final PackageMerge literals = new PackageMerge(DeflateAlphabet.LITERAL_SYMBOLS);
    private final PackageMerge distances = new PackageMerge(DeflateAlphabet.DISTANCE_SYMBOLS);
    private final CodeLengths header = new CodeLengths();
    // For each length, code and extra bits in one number, and their width.
    private final int[] lengthBits = new int[256];
    private final byte[] lengthWidths = new byte[256];

    GoBlockWriter(BitWriter out) {
        this.out = out;
    }

    /// Writes the tokens in whichever kind of block is smallest.
    ///
    /// Extra bits count only when the block can be stored: they weigh alike for the other two.
    ///
    /// @param from where the block's plain bytes begin in `plain`, or negative when they are not all there
    void smallest(int[] tokens, int count, byte[] plain, int from, int to) throws IOException {
        index(tokens, count);
        int literalCount = used(literalFrequencies);
        int distanceCount = used(distanceFrequencies);
        boolean storable = from >= 0 && to - from <= DeflateAlphabet.MAX_STORED;
        int extraBits = storable ? extraBits() : 0;
        int fixed = 3 + extraBits;
        for (int symbol = 0; symbol < FIXED_WIDTHS.length; symbol++) {
            fixed += literalFrequencies[symbol] * FIXED_WIDTHS[symbol];
        }
        for (int frequency : distanceFrequencies) {
            fixed += frequency * 5;
        }
        int dynamic = header.plan(literals.widths, literalCount, distances.widths, distanceCount)
                + literals.cost(literalFrequencies)
                + distances.cost(distanceFrequencies)
                + extraBits;
        if (storable && storedBits(to - from) < Math.min(fixed, dynamic)) {
            stored(plain, from, to);
        } else if (dynamic < fixed) {
            header.write(out);
            write(tokens, count, literals.codes, literals.widths, distances.codes, distances.widths);
        } else {
            out.put(0b010, 3);
            write(tokens, count, FIXED_CODES, FIXED_WIDTHS, FIXED_DISTANCE_CODES, FIXED_DISTANCE_WIDTHS);
        }
    }

    /// Writes a dynamic block of the tokens, or stores the bytes that they stand for.
    void dynamicUnlessStored(int[] tokens, int count, byte[] plain, int from, int to) throws IOException {
        index(tokens, count);
        int bits = header.plan(literals.widths, used(literalFrequencies), distances.widths, used(distanceFrequencies))
                + literals.cost(literalFrequencies)
                + distances.cost(distanceFrequencies);
        if (storedBits(to - from) < bits + (bits >> 4)) {
            stored(plain, from, to);
        } else {
            header.write(out);
            write(tokens, count, literals.codes, literals.widths, distances.codes, distances.widths);
        }
    }

    /// Writes a dynamic block without matches, or stores the bytes.
    void literalsUnlessStored(byte[] plain, int from, int to) throws IOException {
        Arrays.fill(literalFrequencies, 0);
        for (int i = from; i < to; i++) {
            literalFrequencies[plain[i] & 0xff]++;
        }
        literalFrequencies[DeflateAlphabet.END_OF_BLOCK] = 1;
        literals.build(literalFrequencies, CODE_WIDTH);
        int bits = header.plan(literals.widths, DeflateAlphabet.FIRST_LENGTH_SYMBOL, ONE_DISTANCE, 1)
                + literals.cost(literalFrequencies)
                + 1;
        if (storedBits(to - from) < bits + (bits >> 4)) {
            stored(plain, from, to);
            return;
        }
        header.write(out);
        for (int i = from; i < to; i++) {
            int symbol = plain[i] & 0xff;
            out.put(literals.codes[symbol], literals.widths[symbol]);
        }
        out.put(literals.codes[DeflateAlphabet.END_OF_BLOCK], literals.widths[DeflateAlphabet.END_OF_BLOCK]);
    }

    /// Writes a stored block.
    void stored(byte[] plain, int from, int to) throws IOException {
        storedHeader(to - from, 0);
        out.put(plain, from, to - from);
    }

    /// Writes the empty stored block that ends every stream of Go's.
    void end() throws IOException {
        storedHeader(0, 1);
        out.drain();
    }

    private void storedHeader(int length, int last) throws IOException {
        out.put(last, 3);
        out.align();
        out.put(length, 16);
        out.put(~length & 0xffff, 16);
    }

    private static int storedBits(int length) {
        return (length + 5) * 8;
    }

    private void index(int[] tokens, int count) {
        int[] literal = literalFrequencies;
        int[] distance = distanceFrequencies;
        Arrays.fill(literal, 0);
        Arrays.fill(distance, 0);
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (token < MATCH) {
                literal[token]++;
            } else {
                literal[DeflateAlphabet.FIRST_LENGTH_SYMBOL + DeflateAlphabet.lengthCode((token >>> 16) & 0xff)]++;
                distance[DeflateAlphabet.distanceCode(token & 0x7fff)]++;
            }
        }
        literal[DeflateAlphabet.END_OF_BLOCK] = 1;
        if (used(distance) == 0) {
            distance[0] = 1;
        }
        literals.build(literal, CODE_WIDTH);
        distances.build(distance, CODE_WIDTH);
    }

    private static int used(int[] frequencies) {
        int count = frequencies.length;
        while (count > 0 && frequencies[count - 1] == 0) {
            count--;
        }
        return count;
    }

    private int extraBits() {
        int bits = 0;
        for (int symbol = DeflateAlphabet.FIRST_LENGTH_SYMBOL; symbol < literalFrequencies.length; symbol++) {
            bits += literalFrequencies[symbol]
                    * DeflateAlphabet.lengthExtraBits(symbol - DeflateAlphabet.FIRST_LENGTH_SYMBOL);
        }
        for (int code = 0; code < distanceFrequencies.length; code++) {
            bits += distanceFrequencies[code] * DeflateAlphabet.distanceExtraBits(code);
        }
        return bits;
    }

    private void write(int[] tokens, int count, int[] codes, byte[] widths, int[] distanceCodes, byte[] distanceWidths)
            throws IOException {
        prepareLengths(codes, widths);
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (token < MATCH) {
                out.put(codes[token], widths[token]);
                continue;
            }
            int length = (token >>> 16) & 0xff;
            int distance = token & 0x7fff;
            int code = DeflateAlphabet.distanceCode(distance);
            int extra = distance + 1 - DeflateAlphabet.distanceBase(code);
            int width = lengthWidths[length];
            long bits = lengthBits[length] | (long) distanceCodes[code] << width;
            width += distanceWidths[code];
            out.put(bits | (long) extra << width, width + DeflateAlphabet.distanceExtraBits(code));
        }
        out.put(codes[DeflateAlphabet.END_OF_BLOCK], widths[DeflateAlphabet.END_OF_BLOCK]);
    }

    private void prepareLengths(int[] codes, byte[] widths) {
        for (int length = 0; length < 256; length++) {
            int code = DeflateAlphabet.lengthCode(length);
            int symbol = DeflateAlphabet.FIRST_LENGTH_SYMBOL + code;
            int extra = length + DeflateAlphabet.MIN_LENGTH - DeflateAlphabet.lengthBase(code);
            lengthBits[length] = codes[symbol] | extra << widths[symbol];
            lengthWidths[length] = (byte) (widths[symbol] + DeflateAlphabet.lengthExtraBits(code));
        }
    }
}
