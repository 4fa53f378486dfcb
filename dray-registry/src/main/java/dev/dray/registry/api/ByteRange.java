package dev.dray.registry.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of a body (RFC 9110, section 14).
///
/// @param offset of its first byte
/// @param length in bytes
record ByteRange(long offset, long length) {
    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /// The meaning of a `Range` header.
    sealed interface Requested {
        /// The whole body: no header, or one that may be ignored, such as one for several ranges.
        record Whole() implements Requested {}

        /// One range.
        record Part(ByteRange range) implements Requested {}

        /// A range beyond the body.
        record Unsatisfiable() implements Requested {}
    }

    /// Interprets a `Range` header for a body of `size` bytes.
    static Requested parse(Optional<String> header, long size) {
        Matcher matcher = SINGLE.matcher(header.orElse("").strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return new Requested.Whole();
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(matcher.group(2)), size);
            return part(size - suffix, suffix);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(matcher.group(2)), size - 1);
        return part(first, last - first + 1);
    }

    private static Requested part(long offset, long length) {
        return length > 0 ? new Requested.Part(new ByteRange(offset, length)) : new Requested.Unsatisfiable();
    }

    /// The value of `Content-Range`.
    String of(long size) {
        return "bytes %d-%d/%d".formatted(offset, offset + length - 1, size);
    }
}
