package dev.dray.layer.deflate;

import dev.dray.model.DrayException;
import java.util.Arrays;

/// A Huffman code as a table: the next bits of the input are the index of the entry that says which symbol they
/// begin with.
///
/// An entry holds, from the lowest bit: 4 bits width of the code, 4 bits count of extra bits, 2 bits kind, 16
/// bits value at bit 16. Codes longer than the root's width go through a second table. A zero entry is a code
/// that does not exist. The table is as strict as zlib's: a code must be complete, except a single code of one
/// bit.
final class HuffmanDecoder {
    static final int LITERAL = 0;
    static final int BASE = 1 << 8;
    static final int END = 2 << 8;
    static final int LINK = 3 << 8;
    static final int KIND = 3 << 8;

    /// The entry of bits that begin no code.
    static final int UNKNOWN = END | 1 << 16;

    private static final int MAX_WIDTH = 15;
    private static final int UNUSED = -1;

    final int[] table;
    final int rootWidth;
    private final boolean tolerant;
    private final int[] symbolEntries;
    private final int[] widthCounts = new int[MAX_WIDTH + 1];
    private final int[] nextCode = new int[MAX_WIDTH + 2];
    private int codes;

    /// @param symbolEntries for each symbol its entry without the width
    /// @param tolerant whether a single code of one bit may stand alone
    private HuffmanDecoder(int rootWidth, int[] symbolEntries, boolean tolerant) {
        this.rootWidth = rootWidth;
        this.tolerant = tolerant;
        this.symbolEntries = symbolEntries;
        this.table = new int[(1 << rootWidth) + (symbolEntries.length << Math.max(0, MAX_WIDTH - rootWidth))];
    }

    static HuffmanDecoder literals() {
        int[] entries = new int[288];
        Arrays.fill(entries, UNUSED);
        for (int symbol = 0; symbol < DeflateAlphabet.END_OF_BLOCK; symbol++) {
            entries[symbol] = LITERAL | symbol << 16;
        }
        entries[DeflateAlphabet.END_OF_BLOCK] = END;
        for (int symbol = DeflateAlphabet.FIRST_LENGTH_SYMBOL; symbol < DeflateAlphabet.LITERAL_SYMBOLS; symbol++) {
            int code = symbol - DeflateAlphabet.FIRST_LENGTH_SYMBOL;
            entries[symbol] =
                    BASE | DeflateAlphabet.lengthExtraBits(code) << 4 | DeflateAlphabet.lengthBase(code) << 16;
        }
        return new HuffmanDecoder(10, entries, true);
    }

    static HuffmanDecoder distances() {
        int[] entries = new int[32];
        Arrays.fill(entries, UNUSED);
        for (int code = 0; code < DeflateAlphabet.DISTANCE_SYMBOLS; code++) {
            entries[code] =
                    BASE | DeflateAlphabet.distanceExtraBits(code) << 4 | DeflateAlphabet.distanceBase(code) << 16;
        }
        return new HuffmanDecoder(9, entries, true);
    }

    static HuffmanDecoder codeLengths() {
        int[] entries = new int[DeflateAlphabet.CODE_LENGTH_SYMBOLS];
        for (int symbol = 0; symbol < entries.length; symbol++) {
            entries[symbol] = LITERAL | symbol << 16;
        }
        return new HuffmanDecoder(7, entries, false);
    }

    /// How many symbols the present code has.
    int codes() {
        return codes;
    }

    /// Builds the table for the code with these widths, `widths[from, from + size)`.
    ///
    /// @throws DrayException of kind CORRUPT when no code has such widths
    void build(byte[] widths, int from, int size, String what) {
        Arrays.fill(widthCounts, 0);
        for (int i = 0; i < size; i++) {
            widthCounts[widths[from + i]]++;
        }
        codes = size - widthCounts[0];
        widthCounts[0] = 0;
        check(what);
        int code = 0;
        for (int width = 1; width <= MAX_WIDTH; width++) {
            code = (code + widthCounts[width - 1]) << 1;
            nextCode[width] = code;
        }
        Arrays.fill(table, 0, 1 << rootWidth, UNKNOWN);
        fillShort(widths, from, size);
        fillLong(widths, from, size);
    }

    private void check(String what) {
        int left = 1;
        int longest = 0;
        for (int width = 1; width <= MAX_WIDTH; width++) {
            left = (left << 1) - widthCounts[width];
            if (left < 0) {
                throw corrupt("over-subscribed " + what);
            }
            longest = widthCounts[width] > 0 ? width : longest;
        }
        if (left > 0 && (longest > 1 || !tolerant)) {
            throw corrupt("incomplete " + what);
        }
    }

    private int entry(int symbol, int width) {
        return symbolEntries[symbol] == UNUSED ? UNKNOWN : symbolEntries[symbol] | width;
    }

    private void fillShort(byte[] widths, int from, int size) {
        for (int symbol = 0; symbol < size; symbol++) {
            int width = widths[from + symbol];
            if (width == 0 || width > rootWidth) {
                continue;
            }
            int entry = entry(symbol, width);
            int reversed = DeflateAlphabet.reverse(nextCode[width]++, width);
            for (int i = reversed; i < 1 << rootWidth; i += 1 << width) {
                table[i] = entry;
            }
        }
    }

    private void fillLong(byte[] widths, int from, int size) {
        int end = 1 << rootWidth;
        int deepest = MAX_WIDTH;
        while (deepest > rootWidth && widthCounts[deepest] == 0) {
            deepest--;
        }
        int linkWidth = deepest - rootWidth;
        for (int symbol = 0; symbol < size && linkWidth > 0; symbol++) {
            int width = widths[from + symbol];
            if (width <= rootWidth) {
                continue;
            }
            int entry = entry(symbol, width);
            int reversed = DeflateAlphabet.reverse(nextCode[width]++, width);
            int root = reversed & ((1 << rootWidth) - 1);
            if (table[root] == UNKNOWN) {
                table[root] = LINK | linkWidth << 4 | rootWidth | end << 16;
                Arrays.fill(table, end, end + (1 << linkWidth), UNKNOWN);
                end += 1 << linkWidth;
            }
            int start = table[root] >>> 16;
            for (int i = reversed >>> rootWidth; i < 1 << linkWidth; i += 1 << (width - rootWidth)) {
                table[start + i] = entry;
            }
        }
    }

    static DrayException corrupt(String what) {
        return new DrayException(DrayException.Kind.CORRUPT, "corrupt deflate data: " + what);
    }
}
