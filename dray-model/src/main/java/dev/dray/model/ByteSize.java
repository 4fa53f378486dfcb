package dev.dray.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A count of bytes.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?([kKmMgGtT]?)((?:[iI]?[bB])?)");
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size " + bytes);
        }
    }

    public static ByteSize ofBytes(long bytes) {
        return new ByteSize(bytes);
    }

    public static ByteSize ofKibibytes(long kibibytes) {
        return new ByteSize(Math.multiplyExact(kibibytes, 1L << 10));
    }

    public static ByteSize ofMebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    public static ByteSize ofGibibytes(long gibibytes) {
        return new ByteSize(Math.multiplyExact(gibibytes, 1L << 30));
    }

    /// Parses a size as users write it: `4096`, `64K`, `1.5 MB`, `2GiB`. K, M, G and T alone and with `iB` are
    /// powers of 1024, with `B` powers of 1000.
    ///
    /// @throws DrayException of kind INVALID when it is not a size
    public static ByteSize parse(String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        if (!matcher.matches()) {
            throw new DrayException(DrayException.Kind.INVALID, "invalid size \"%s\"".formatted(Quote.shorten(text)))
                    .advising("write it as 4096, 64K, 10MB or 2GiB");
        }
        int power = "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
        boolean decimal = matcher.group(3).equalsIgnoreCase("b");
        double unit = matcher.group(2).isEmpty() ? 1 : Math.pow(decimal ? 1000 : 1024, power);
        return new ByteSize(Math.round(Double.parseDouble(matcher.group(1)) * unit));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// The size for users, in decimal units with up to three digits: `49.6 MB`.
    @Override
    public String toString() {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        if (unit == 0) {
            return bytes + " B";
        }
        return (value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s").formatted(value, UNITS[unit]);
    }
}
