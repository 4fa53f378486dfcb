package dev.dray.layer.tar.recipe;

import dev.dray.layer.tar.recipe.TarBlock.Field;
import java.util.Arrays;
import java.util.Optional;

/// A header block taken apart such that [#write] gives the same block.
///
/// @param type the type flag
/// @param values the numbers, in the order of [#NUMBERS]
/// @param styles how each is written, a [NumberStyle]
/// @param checksumError what the stored checksum is more than the true one
/// @param name up to its first NUL, as the texts below
/// @param link target of a link
/// @param magic magic and version
/// @param rest the part behind the device numbers, trailing NULs cut
@SuppressWarnings("ArrayRecordComponent") // lives between parser and coder; compared by Arrays.equals where needed
record HeaderFields(
        char type,
        long[] values,
        byte[] styles,
        long checksumError,
        byte[] name,
        byte[] link,
        byte[] magic,
        byte[] user,
        byte[] group,
        byte[] rest) {
    static final int MODE = 0;
    static final int UID = 1;
    static final int GID = 2;
    static final int SIZE = 3;
    static final int MTIME = 4;
    static final int DEVICE_MAJOR = 5;
    static final int DEVICE_MINOR = 6;
    static final int CHECKSUM = 7;

    private static final Field[] NUMBERS = {
        Field.MODE,
        Field.UID,
        Field.GID,
        Field.SIZE,
        Field.MTIME,
        Field.DEVICE_MAJOR,
        Field.DEVICE_MINOR,
        Field.CHECKSUM
    };

    /// The prediction of the first header: as GNU tar writes it for a file of root.
    static HeaderFields initial(char type) {
        byte[] none = {};
        byte[] styles = new byte[NUMBERS.length];
        styles[CHECKSUM] = 6;
        byte[] magic = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};
        return new HeaderFields(type, new long[NUMBERS.length], styles, 0, none, none, magic, none, none, none);
    }

    /// This header as the prediction of one with another type.
    HeaderFields as(char other) {
        return new HeaderFields(other, values, styles, checksumError, name, link, magic, user, group, rest);
    }

    /// Takes a block apart; empty when it could not be put together again.
    static Optional<HeaderFields> parse(byte[] block) {
        long[] values = new long[NUMBERS.length];
        byte[] styles = new byte[NUMBERS.length];
        for (int i = 0; i < NUMBERS.length; i++) {
            int style = NumberStyle.of(block, NUMBERS[i].offset(), NUMBERS[i].length());
            if (style == NumberStyle.NONE) {
                return Optional.empty();
            }
            styles[i] = (byte) style;
            values[i] = TarBlock.number(block, NUMBERS[i]).orElse(-1);
            if (values[i] < 0) {
                return Optional.empty();
            }
        }
        HeaderFields fields = new HeaderFields(
                TarBlock.type(block),
                values,
                styles,
                values[CHECKSUM] - TarBlock.checksum(block),
                text(block, Field.NAME),
                text(block, Field.LINK),
                bytes(block, Field.MAGIC),
                text(block, Field.UNAME),
                text(block, Field.GNAME),
                trimmed(block));
        byte[] again = new byte[TarBlock.SIZE];
        return fields.write(again) && Arrays.equals(again, block) ? Optional.of(fields) : Optional.empty();
    }

    /// Puts the block together.
    ///
    /// @param block all zero before
    /// @return false when a number does not fit its field
    boolean write(byte[] block) {
        put(block, Field.NAME, name);
        put(block, Field.LINK, link);
        put(block, Field.MAGIC, magic);
        put(block, Field.UNAME, user);
        put(block, Field.GNAME, group);
        put(block, Field.REST, rest);
        block[Field.TYPE.offset()] = (byte) type;
        boolean fits = true;
        for (int i = 0; i < NUMBERS.length; i++) {
            long value = i == CHECKSUM ? TarBlock.checksum(block) + checksumError : values[i];
            fits &= NumberStyle.write(block, NUMBERS[i].offset(), NUMBERS[i].length(), styles[i], value);
        }
        return fits;
    }

    private static void put(byte[] block, Field field, byte[] text) {
        System.arraycopy(text, 0, block, field.offset(), text.length);
    }

    private static byte[] bytes(byte[] block, Field field) {
        return Arrays.copyOfRange(block, field.offset(), field.offset() + field.length());
    }

    private static byte[] text(byte[] block, Field field) {
        int end = field.offset();
        while (end < field.offset() + field.length() && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, field.offset(), end);
    }

    private static byte[] trimmed(byte[] block) {
        int end = TarBlock.SIZE;
        while (end > Field.REST.offset() && block[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOfRange(block, Field.REST.offset(), end);
    }
}
