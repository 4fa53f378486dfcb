package dev.dray.layer.deflate.zlib;

/// The symbols of deflate (RFC 1951, 3.2.5 to 3.2.7): which symbol a length or distance belongs to, and what follows
/// it.
final class Alphabet {
    static final int LITERALS = 286;
    static final int DISTANCES = 30;
    static final int CODE_LENGTHS = 19;
    static final int END_OF_BLOCK = 256;
    static final int FIRST_LENGTH = 257;

    /// Extra bits by literal or length symbol.
    static final int[] LITERAL_EXTRA = new int[LITERALS];
    /// Extra bits by distance symbol.
    static final int[] DISTANCE_EXTRA = new int[DISTANCES];
    /// Extra bits by symbol of the code lengths.
    static final int[] CODE_LENGTH_EXTRA = new int[CODE_LENGTHS];
    /// The order in which the lengths of the code length code are sent.
    static final int[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    /// Match length less 3 that each length symbol begins with, by symbol.
    static final int[] LENGTH_BASE = new int[LITERALS];
    /// Distance less 1 that each distance symbol begins with.
    static final int[] DISTANCE_BASE = new int[DISTANCES];

    private static final short[] LENGTH_SYMBOL = new short[256];
    private static final byte[] DISTANCE_SYMBOL = new byte[512];

    static {
        CODE_LENGTH_EXTRA[16] = 2;
        CODE_LENGTH_EXTRA[17] = 3;
        CODE_LENGTH_EXTRA[18] = 7;
        for (int symbol = FIRST_LENGTH, length = 0; symbol < LITERALS - 1; symbol++) {
            int extra = Math.max(0, (symbol - FIRST_LENGTH) / 4 - 1);
            LITERAL_EXTRA[symbol] = extra;
            LENGTH_BASE[symbol] = length;
            for (int n = 0; n < 1 << extra; n++) {
                LENGTH_SYMBOL[length++] = (short) symbol;
            }
        }
        LENGTH_BASE[LITERALS - 1] = 255;
        LENGTH_SYMBOL[255] = LITERALS - 1;
        for (int symbol = 0, distance = 0; symbol < DISTANCES; symbol++) {
            int extra = Math.max(0, symbol / 2 - 1);
            DISTANCE_EXTRA[symbol] = extra;
            DISTANCE_BASE[symbol] = distance;
            int next = distance + (1 << extra);
            for (; distance < next; distance++) {
                DISTANCE_SYMBOL[distance < 256 ? distance : 256 + (distance >>> 7)] = (byte) symbol;
            }
        }
    }

    private Alphabet() {}

    /// @param length of a match, less 3
    static int lengthSymbol(int length) {
        return LENGTH_SYMBOL[length];
    }

    /// @param distance of a match, less 1
    static int distanceSymbol(int distance) {
        return DISTANCE_SYMBOL[distance < 256 ? distance : 256 + (distance >>> 7)];
    }
}
