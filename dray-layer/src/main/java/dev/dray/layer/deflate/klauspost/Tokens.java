package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.DeflateAlphabet;
import java.util.Arrays;

/// The tokens of one chunk of plain bytes: literals and matches in order, counted by symbol.
///
/// A token is an `int`. A literal is its byte. A match has [#MATCH] set and holds distance minus 1 (16 bits), the
/// distance symbol (5 bits, from bit 16) and length minus 3 (8 bits, from bit 21). Not thread safe.
final class Tokens {
    static final int MATCH = 1 << 30;
    static final int END_OF_BLOCK = DeflateAlphabet.END_OF_BLOCK;
    static final int LITERAL_SYMBOLS = DeflateAlphabet.LITERAL_SYMBOLS;
    static final int DISTANCE_SYMBOLS = DeflateAlphabet.DISTANCE_SYMBOLS;

    private static final int CAPACITY = 1 << 16;
    private static final int LONGEST = DeflateAlphabet.MAX_LENGTH;
    private static final int SHORTEST = DeflateAlphabet.MIN_LENGTH;

    final int[] items = new int[CAPACITY];
    /// Occurrences of the 286 symbols of the literal and length alphabet.
    final int[] literalCounts = new int[LITERAL_SYMBOLS];
    final int[] distanceCounts = new int[DISTANCE_SYMBOLS];
    int count;

    private final boolean splitAtLongest;

    /// @param splitAtLongest whether a long match is cut into pieces of 258; else into pieces of 255
    Tokens(boolean splitAtLongest) {
        this.splitAtLongest = splitAtLongest;
    }

    void literal(byte value) {
        int symbol = value & 0xff;
        items[count++] = symbol;
        literalCounts[symbol]++;
    }

    void literals(byte[] plain, int from, int to) {
        int at = count;
        for (int index = from; index < to; index++) {
            int symbol = plain[index] & 0xff;
            items[at++] = symbol;
            literalCounts[symbol]++;
        }
        count = at;
    }

    /// Adds a match of any length from 4, in several pieces when one cannot hold it; each piece keeps at least
    /// three bytes for the next.
    void match(int length, int distance) {
        int symbol = Symbols.distanceSymbol(distance - 1);
        int low = MATCH | (symbol << 16) | (distance - 1);
        int rest = length;
        while (rest > 0) {
            int piece = rest;
            if (rest > LONGEST) {
                piece = splitAtLongest && rest > LONGEST + SHORTEST ? LONGEST : LONGEST - SHORTEST;
            }
            rest -= piece;
            literalCounts[257 + Symbols.lengthSymbol(piece - SHORTEST)]++;
            distanceCounts[symbol]++;
            items[count++] = low | ((piece - SHORTEST) << 21);
        }
    }

    void endOfBlock() {
        items[count++] = END_OF_BLOCK;
        literalCounts[END_OF_BLOCK]++;
    }

    /// Lets every symbol occur, so that codes for these tokens can send all others; returns how many of the
    /// literal and length alphabet did not.
    int fill() {
        int filled = 0;
        for (int symbol = 0; symbol < LITERAL_SYMBOLS; symbol++) {
            if (literalCounts[symbol] == 0) {
                literalCounts[symbol] = 1;
                filled++;
            }
        }
        for (int symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
            distanceCounts[symbol] = Math.max(distanceCounts[symbol], 1);
        }
        return filled;
    }

    void clear() {
        count = 0;
        Arrays.fill(literalCounts, 0);
        Arrays.fill(distanceCounts, 0);
    }
}
