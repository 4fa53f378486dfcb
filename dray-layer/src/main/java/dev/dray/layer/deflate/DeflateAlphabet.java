package dev.dray.layer.deflate;

/// The symbols of deflate: which code stands for a length or a distance, and how many extra bits follow it.
///
/// Source: RFC 1951, 3.2.5 and 3.2.7. Immutable; thread safe.
public final class DeflateAlphabet {
    public static final int MIN_LENGTH = 3;
    public static final int MAX_LENGTH = 258;
    public static final int MAX_DISTANCE = 32_768;
    public static final int MAX_STORED = 65_535;

    /// Symbols of the literal and length alphabet that may occur.
    public static final int LITERAL_SYMBOLS = 286;
    public static final int END_OF_BLOCK = 256;
    public static final int FIRST_LENGTH_SYMBOL = 257;
    public static final int DISTANCE_SYMBOLS = 30;
    public static final int CODE_LENGTH_SYMBOLS = 19;

    private static final byte[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final byte[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final short[] LENGTH_BASE = new short[LENGTH_EXTRA.length];
    private static final byte[] DISTANCE_EXTRA = new byte[DISTANCE_SYMBOLS];
    private static final int[] DISTANCE_BASE = new int[DISTANCE_SYMBOLS];
    private static final byte[] LENGTH_CODE = new byte[256];
    private static final byte[] DISTANCE_CODE = new byte[512];

    static {
        int base = MIN_LENGTH;
        for (int code = 0; code < LENGTH_EXTRA.length; code++) {
            boolean longest = code == LENGTH_EXTRA.length - 1;
            LENGTH_BASE[code] = (short) (longest ? MAX_LENGTH : base);
            for (int i = 0; i < 1 << LENGTH_EXTRA[code]; i++) {
                LENGTH_CODE[LENGTH_BASE[code] + i - MIN_LENGTH] = (byte) code;
            }
            base += 1 << LENGTH_EXTRA[code];
        }
        base = 1;
        for (int code = 0; code < DISTANCE_SYMBOLS; code++) {
            DISTANCE_EXTRA[code] = (byte) Math.max(0, code / 2 - 1);
            DISTANCE_BASE[code] = base;
            for (int i = 0; i < 1 << DISTANCE_EXTRA[code]; i++) {
                int less = base + i - 1;
                DISTANCE_CODE[less < 256 ? less : 256 + (less >>> 7)] = (byte) code;
            }
            base += 1 << DISTANCE_EXTRA[code];
        }
    }

    private DeflateAlphabet() {}

    /// Code of a length, counted from [#FIRST_LENGTH_SYMBOL].
    ///
    /// @param lessThree the length minus three, from 0 to 255
    public static int lengthCode(int lessThree) {
        return LENGTH_CODE[lessThree];
    }

    public static int lengthExtraBits(int code) {
        return LENGTH_EXTRA[code];
    }

    /// The shortest length of this code.
    public static int lengthBase(int code) {
        return LENGTH_BASE[code];
    }

    /// Code of a distance.
    ///
    /// @param lessOne the distance minus one, from 0 to 32,767
    public static int distanceCode(int lessOne) {
        return DISTANCE_CODE[lessOne < 256 ? lessOne : 256 + (lessOne >>> 7)];
    }

    public static int distanceExtraBits(int code) {
        return DISTANCE_EXTRA[code];
    }

    /// The shortest distance of this code.
    public static int distanceBase(int code) {
        return DISTANCE_BASE[code];
    }

    /// The symbol whose code length is the `index`-th in the header of a dynamic block.
    public static int codeLengthOrder(int index) {
        return CODE_LENGTH_ORDER[index];
    }

    /// Code of a literal or length symbol in a fixed block (RFC 1951, 3.2.6), first bit lowest.
    public static int fixedLiteralCode(int symbol) {
        int width = fixedLiteralWidth(symbol);
        int code = symbol < 144 ? 48 + symbol : symbol < 256 ? 256 + symbol : symbol < 280 ? symbol - 256 : symbol - 88;
        return reverse(code, width);
    }

    public static int fixedLiteralWidth(int symbol) {
        return symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
    }

    /// The low `width` bits of a code in the order in which deflate packs them.
    public static int reverse(int code, int width) {
        return width == 0 ? 0 : Integer.reverse(code) >>> (32 - width);
    }
}
