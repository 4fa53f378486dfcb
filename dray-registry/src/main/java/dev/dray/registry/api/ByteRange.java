package dev.dray.registry.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a body that is wanted (RFC 9110, section 14).
///
/// @param offset of its first byte
/// @param length in bytes
record ByteRange(long offset, long length) {
    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /// What a `Range` header asks for.
    sealed interface Wish {
        /// The whole: there is no header, or one that may be ignored, as that for several ranges.
        record Whole() implements Wish {}

        /// A part.
        record Part(ByteRange range) implements Wish {}

        /// Nothing that is there.
        record Unsatisfiable() implements Wish {}
    }

    /// Reads a `Range` header against a body of `size` bytes.
    static Wish parse(Optional<String> header, long size) {
        Matcher matcher = SINGLE.matcher(header.orElse("").strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return new Wish.Whole();
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(matcher.group(2)), size);
            return part(size - suffix, suffix);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(matcher.group(2)), size - 1);
        return part(first, last - first + 1);
    }

    private static Wish part(long offset, long length) {
        return length > 0 ? new Wish.Part(new ByteRange(offset, length)) : new Wish.Unsatisfiable();
    }

    /// The value of `Content-Range`.
    String of(long size) {
        return "bytes %d-%d/%d".formatted(offset, offset + length - 1, size);
    }
}
