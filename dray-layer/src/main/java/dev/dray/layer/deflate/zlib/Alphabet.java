package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.DeflateAlphabet;

/// The symbols of deflate, as [DeflateAlphabet] tells them, in the tables of zlib: by symbol of the
/// whole alphabet, with lengths less 3 and distances less 1.
final class Alphabet {
    static final int LITERALS = DeflateAlphabet.LITERAL_SYMBOLS;
    static final int DISTANCES = DeflateAlphabet.DISTANCE_SYMBOLS;
    static final int CODE_LENGTHS = DeflateAlphabet.CODE_LENGTH_SYMBOLS;
    static final int END_OF_BLOCK = DeflateAlphabet.END_OF_BLOCK;

    private static final int FIRST_LENGTH = DeflateAlphabet.FIRST_LENGTH_SYMBOL;

    /// Extra bits by literal or length symbol.
    static final int[] LITERAL_EXTRA = new int[LITERALS];
    /// Extra bits by distance symbol.
    static final int[] DISTANCE_EXTRA = new int[DISTANCES];
    /// Extra bits by symbol of the code lengths.
    static final int[] CODE_LENGTH_EXTRA = new int[CODE_LENGTHS];

    /// Match length less 3 that each length symbol begins with, by symbol.
    static final int[] LENGTH_BASE = new int[LITERALS];
    /// Distance less 1 that each distance symbol begins with.
    static final int[] DISTANCE_BASE = new int[DISTANCES];

    private static final short[] LENGTH_SYMBOL = new short[256];

    static {
        CODE_LENGTH_EXTRA[16] = 2;
        CODE_LENGTH_EXTRA[17] = 3;
        CODE_LENGTH_EXTRA[18] = 7;
        for (int symbol = FIRST_LENGTH; symbol < LITERALS; symbol++) {
            LITERAL_EXTRA[symbol] = DeflateAlphabet.lengthExtraBits(symbol - FIRST_LENGTH);
            LENGTH_BASE[symbol] = DeflateAlphabet.lengthBase(symbol - FIRST_LENGTH) - DeflateAlphabet.MIN_LENGTH;
        }
        for (int length = 0; length < LENGTH_SYMBOL.length; length++) {
            LENGTH_SYMBOL[length] = (short) (FIRST_LENGTH + DeflateAlphabet.lengthCode(length));
        }
        for (int symbol = 0; symbol < DISTANCES; symbol++) {
            DISTANCE_EXTRA[symbol] = DeflateAlphabet.distanceExtraBits(symbol);
            DISTANCE_BASE[symbol] = DeflateAlphabet.distanceBase(symbol) - 1;
        }
    }

    private Alphabet() {}

    /// @param length of a match, less 3
    static int lengthSymbol(int length) {
        return LENGTH_SYMBOL[length];
    }

    /// @param distance of a match, less 1
    static int distanceSymbol(int distance) {
        return DeflateAlphabet.distanceCode(distance);
    }
}
