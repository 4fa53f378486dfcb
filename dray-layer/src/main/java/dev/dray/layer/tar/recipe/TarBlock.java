package dev.dray.layer.tar.recipe;

import java.util.Arrays;
import java.util.OptionalLong;

/// The 512-byte block of tar, and the fields of a header in it (POSIX.1-2024, pax, "ustar Interchange
/// Format"; GNU tar manual, "Basic Tar Format").
///
/// Numbers are read as Go's `archive/tar` reads them, which takes what all common tools write.
public final class TarBlock {
    public static final int SIZE = 512;

    /// Where a field lies in the block.
    public enum Field {
        NAME(0, 100),
        MODE(100, 8),
        UID(108, 8),
        GID(116, 8),
        SIZE(124, 12),
        MTIME(136, 12),
        CHECKSUM(148, 8),
        TYPE(156, 1),
        LINK(157, 100),
        MAGIC(257, 8),
        UNAME(265, 32),
        GNAME(297, 32),
        DEVICE_MAJOR(329, 8),
        DEVICE_MINOR(337, 8),
        /// Only in ustar; GNU and star use the room for other things.
        PREFIX(345, 155),
        /// All that comes behind the device numbers.
        REST(345, 167);

        private final int offset;
        private final int length;

        Field(int offset, int length) {
            this.offset = offset;
            this.length = length;
        }

        public int offset() {
            return offset;
        }

        public int length() {
            return length;
        }
    }

    private static final byte[] ZEROS = new byte[SIZE];

    private TarBlock() {}

    /// Whether the bytes are all zero.
    ///
    /// @param length at most [#SIZE]
    public static boolean isZero(byte[] block, int length) {
        return Arrays.equals(block, 0, length, ZEROS, 0, length);
    }

    /// Whether the block carries its right checksum, of unsigned bytes or of signed ones as Sun's tar wrote.
    public static boolean isHeader(byte[] block) {
        OptionalLong stored = octal(block, Field.CHECKSUM.offset, Field.CHECKSUM.length);
        if (stored.isEmpty()) {
            return false;
        }
        long checksum = stored.getAsLong();
        return checksum == checksum(block) || checksum == signedChecksum(block);
    }

    /// The sum of the unsigned bytes, the checksum field taken as spaces.
    public static int checksum(byte[] block) {
        int sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += block[i] & 0xff;
        }
        for (int i = Field.CHECKSUM.offset; i < Field.TYPE.offset; i++) {
            sum += ' ' - (block[i] & 0xff);
        }
        return sum;
    }

    private static int signedChecksum(byte[] block) {
        int sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += block[i];
        }
        for (int i = Field.CHECKSUM.offset; i < Field.TYPE.offset; i++) {
            sum += ' ' - block[i];
        }
        return sum;
    }

    public static char type(byte[] block) {
        return (char) (block[Field.TYPE.offset] & 0xff);
    }

    /// Whether entries of this type have no data, whatever their size says: links, devices, folders, pipes.
    public static boolean isHeaderOnly(char type) {
        return type >= '1' && type <= '6';
    }

    /// A numeric field: octal digits between spaces and NULs, or base 256, which can be negative; empty when it is
    /// neither or does not fit in 63 bits.
    public static OptionalLong number(byte[] block, Field field) {
        return number(block, field.offset, field.length);
    }

    /// A numeric field at any place.
    public static OptionalLong number(byte[] block, int offset, int length) {
        return block[offset] < 0 ? binary(block, offset, length) : octal(block, offset, length);
    }

    private static OptionalLong binary(byte[] block, int offset, int length) {
        int invert = (block[offset] & 0x40) != 0 ? 0xff : 0;
        long value = ((block[offset] & 0xff) ^ invert) & 0x7f;
        for (int i = 1; i < length; i++) {
            if (value >>> 56 != 0) {
                return OptionalLong.empty();
            }
            value = value << 8 | ((block[offset + i] & 0xff) ^ invert);
        }
        if (value < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(invert == 0 ? value : ~value);
    }

    private static OptionalLong octal(byte[] block, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && isBlank(block[start])) {
            start++;
        }
        while (start < end && isBlank(block[end - 1])) {
            end--;
        }
        long value = 0;
        for (int i = start; i < end && block[i] != 0; i++) {
            if (block[i] < '0' || block[i] > '7') {
                return OptionalLong.empty();
            }
            value = value << 3 | (block[i] - '0');
        }
        return OptionalLong.of(value);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == 0;
    }

    /// How many bytes fill `size` up to whole blocks.
    public static int padding(long size) {
        return (int) (-size & (SIZE - 1));
    }
}
