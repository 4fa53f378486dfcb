package dev.dray.layer.tarsplit;

import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarBlock.Field;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/// A header as the reader of Go's `archive/tar` understands it, as far as tar-split depends on it.
///
/// @param name with the prefix; one char a byte, as all texts here
/// @param size may be negative
record GoHeader(char type, String name, long size) {
    private static final int STAR_PREFIX = 131;
    private static final int STAR_ATIME = 476;
    private static final int STAR_CTIME = 488;
    private static final int GNU_ATIME = 345;
    private static final int GNU_CTIME = 357;
    private static final int TIME_LENGTH = 12;
    private static final int TRAILER = 508;
    private static final Field[] ALWAYS = {Field.MODE, Field.UID, Field.GID, Field.MTIME};
    private static final Field[] BEYOND_V7 = {Field.DEVICE_MAJOR, Field.DEVICE_MINOR};

    private enum Format {
        V7,
        USTAR,
        STAR,
        GNU
    }

    /// Reads a block; empty when Go finds it invalid.
    static Optional<GoHeader> parse(byte[] block) {
        OptionalLong size = TarBlock.number(block, Field.SIZE);
        if (!TarBlock.isHeader(block) || size.isEmpty() || !areNumbers(block, ALWAYS)) {
            return Optional.empty();
        }
        Format format = format(block);
        if (format != Format.V7 && !areNumbers(block, BEYOND_V7)) {
            return Optional.empty();
        }
        if (format == Format.STAR && !(isTime(block, STAR_ATIME) && isTime(block, STAR_CTIME))) {
            return Optional.empty();
        }
        String prefix = switch (format) {
            case V7 -> "";
            case USTAR -> text(block, Field.PREFIX.offset(), Field.PREFIX.length());
            case STAR -> text(block, Field.PREFIX.offset(), STAR_PREFIX);
            case GNU -> gnuPrefix(block);
        };
        String name = text(block, Field.NAME.offset(), Field.NAME.length());
        return Optional.of(
                new GoHeader(TarBlock.type(block), prefix.isEmpty() ? name : prefix + "/" + name, size.getAsLong()));
    }

    GoHeader withName(String other) {
        return new GoHeader(type, other, size);
    }

    GoHeader withSize(long other) {
        return new GoHeader(type, name, other);
    }

    /// The type that counts: an old archive marks a folder by its name only.
    char effectiveType() {
        return type != 0 ? type : name.endsWith("/") ? '5' : '0';
    }

    private static Format format(byte[] block) {
        String magic = raw(block, Field.MAGIC.offset(), Field.MAGIC.length());
        if (magic.startsWith("ustar\0")) {
            return raw(block, TRAILER, 4).equals("tar\0") ? Format.STAR : Format.USTAR;
        }
        return magic.equals("ustar  \0") ? Format.GNU : Format.V7;
    }

    /// GNU has no prefix, but Go up to 1.7 wrote one where the times are.
    private static String gnuPrefix(byte[] block) {
        if (isGnuTime(block, GNU_ATIME) && isGnuTime(block, GNU_CTIME)) {
            return "";
        }
        String prefix = text(block, Field.PREFIX.offset(), Field.PREFIX.length());
        return prefix.chars().allMatch(c -> c < 0x80) ? prefix : "";
    }

    private static boolean isGnuTime(byte[] block, int offset) {
        return block[offset] == 0 || isTime(block, offset);
    }

    private static boolean isTime(byte[] block, int offset) {
        return TarBlock.number(block, offset, TIME_LENGTH).isPresent();
    }

    private static boolean areNumbers(byte[] block, Field[] fields) {
        for (Field field : fields) {
            if (TarBlock.number(block, field).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static String raw(byte[] block, int offset, int length) {
        return new String(block, offset, length, StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] block, int offset, int length) {
        return untilNul(raw(block, offset, length));
    }

    /// Text up to its first NUL.
    static String untilNul(String text) {
        int nul = text.indexOf(0);
        return nul < 0 ? text : text.substring(0, nul);
    }
}
