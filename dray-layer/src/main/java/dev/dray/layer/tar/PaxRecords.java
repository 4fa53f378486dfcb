package dev.dray.layer.tar;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The records of a PAX extended header (POSIX.1-2024, pax, "pax Header Block"): `length key=value\n`, one after the
/// other.
///
/// Keys and values are held as ISO 8859-1, one char a byte, because they need not be UTF-8. Immutable.
///
/// @param values the records in their order; of a repeated key the last one counts
/// @param sparseMap whether there are records of GNU's sparse format 0.0, which repeats its keys
public record PaxRecords(Map<String, String> values, boolean sparseMap) {
    private static final String SPARSE_OFFSET = "GNU.sparse.offset";
    private static final String SPARSE_BYTES = "GNU.sparse.numbytes";
    private static final int SHORTEST = 5;

    /// No records.
    public static final PaxRecords NONE = new PaxRecords(Map.of(), false);

    public PaxRecords {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Reads them as strictly as Go does; empty when they are malformed.
    public static Optional<PaxRecords> parse(byte[] data) {
        String rest = new String(data, StandardCharsets.ISO_8859_1);
        Map<String, String> values = new LinkedHashMap<>();
        int sparse = 0;
        int start = 0;
        while (start < rest.length()) {
            int space = rest.indexOf(' ', start);
            OptionalLong length = space < 0 ? OptionalLong.empty() : decimal(rest.substring(start, space));
            if (length.isEmpty() || length.getAsLong() < SHORTEST || length.getAsLong() > rest.length() - start) {
                return Optional.empty();
            }
            int end = start + (int) length.getAsLong();
            int equals = rest.indexOf('=', space);
            if (space + 1 > end - 1 || rest.charAt(end - 1) != '\n' || equals < 0 || equals > end - 1) {
                return Optional.empty();
            }
            String key = rest.substring(space + 1, equals);
            String value = rest.substring(equals + 1, end - 1);
            if (!isValid(key, value)) {
                return Optional.empty();
            }
            if (key.equals(SPARSE_OFFSET) || key.equals(SPARSE_BYTES)) {
                if (!key.equals(sparse % 2 == 0 ? SPARSE_OFFSET : SPARSE_BYTES) || value.indexOf(',') >= 0) {
                    return Optional.empty();
                }
                sparse++;
            } else {
                values.put(key, value);
            }
            start = end;
        }
        return Optional.of(new PaxRecords(values, sparse > 0));
    }

    /// A decimal number with an optional sign, in 64 bits.
    public static OptionalLong decimal(String text) {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (digits == text.length() || !text.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static boolean isValid(String key, String value) {
        return switch (key) {
            case "" -> false;
            case "path", "linkpath", "uname", "gname" -> value.indexOf(0) < 0;
            default -> key.indexOf(0) < 0;
        };
    }
}
