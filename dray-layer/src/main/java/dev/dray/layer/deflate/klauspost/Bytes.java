package dev.dray.layer.deflate.klauspost;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Loads, hashes and comparisons over plain bytes, little endian.
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PRIME_4 = (int) 2654435761L;
    private static final long PRIME_5 = 889523592379L;
    private static final long PRIME_7 = 58295818150454627L;

    private Bytes() {}

    static long eight(byte[] plain, int at) {
        return (long) LONG.get(plain, at);
    }

    static int four(byte[] plain, int at) {
        return (int) INT.get(plain, at);
    }

    /// Hashes the lowest four bytes into `bits` bits.
    static int hash4(long bytes, int bits) {
        return ((int) bytes * PRIME_4) >>> (32 - bits);
    }

    static int hash5(long bytes, int bits) {
        return (int) (((bytes << 24) * PRIME_5) >>> (64 - bits));
    }

    static int hash7(long bytes, int bits) {
        return (int) (((bytes << 8) * PRIME_7) >>> (64 - bits));
    }

    /// How many bytes from `at` on equal those from `before` on; compares up to `end`.
    static int common(byte[] plain, int at, int before, int end) {
        int position = at;
        int distance = at - before;
        while (position <= end - Long.BYTES) {
            long difference = (long) LONG.get(plain, position) ^ (long) LONG.get(plain, position - distance);
            if (difference != 0) {
                return position - at + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            position += Long.BYTES;
        }
        while (position < end && plain[position] == plain[position - distance]) {
            position++;
        }
        return position - at;
    }
}
