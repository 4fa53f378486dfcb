package dev.dray.layer.deflate.zlib;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Of what the places in the chains of a window are the hash.
enum Hashing {
    /// zlib's own: rolls over three bytes. It is not computed here.
    ROLLING,
    /// CRC-32C of three bytes, as the instruction of x86 and ARM computes it: without the inversions of the
    /// checksum.
    CASTAGNOLI_THREE,
    /// The same of four bytes.
    CASTAGNOLI_FOUR,
    /// The middle of a product with four bytes.
    PRODUCT;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int POLYNOMIAL = 0x82f6_3b78;
    private static final int FACTOR = 66_521;
    /// The share of each value of the first byte, the second, the third and the fourth in the CRC.
    private static final int[] CRC = new int[4 << 8];

    static {
        for (int i = 0; i < CRC.length; i++) {
            int value = (i & 0xff) << ((i >>> 8) * Byte.SIZE);
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                value = (value >>> 1) ^ (POLYNOMIAL & -(value & 1));
            }
            CRC[i] = value;
        }
    }

    /// The hash of the bytes at a place, of which as many low bits are used as there are chains.
    int hash(byte[] bytes, int at) {
        int word = (int) INT.get(bytes, at);
        return switch (this) {
            case ROLLING -> throw new IllegalStateException("rolls");
            case CASTAGNOLI_THREE -> castagnoli(word & 0xff_ffff);
            case CASTAGNOLI_FOUR -> castagnoli(word);
            case PRODUCT -> (word * FACTOR + FACTOR) >>> 16;
        };
    }

    /// How many bytes it is the hash of.
    int width() {
        return this == ROLLING || this == CASTAGNOLI_THREE ? 3 : 4;
    }

    private static int castagnoli(int word) {
        return CRC[word & 0xff]
                ^ CRC[0x100 | (word >>> 8 & 0xff)]
                ^ CRC[0x200 | (word >>> 16 & 0xff)]
                ^ CRC[0x300 | (word >>> 24)];
    }
}
