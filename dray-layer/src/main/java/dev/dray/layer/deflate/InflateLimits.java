package dev.dray.layer.deflate;

import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import java.time.Duration;

/// The most that a compressed stream may cost; beyond it the stream is refused as a bomb.
///
/// @param size most plain bytes
/// @param ratio most plain bytes for each compressed byte, looked at beyond the first 16 MiB; deflate can reach
///     1,032
/// @param time longest time from the first byte to the last
public record InflateLimits(ByteSize size, int ratio, Duration time) {
    private static final long RATIO_FREE = 16L << 20;

    public InflateLimits {
        if (ratio < 1 || time.isNegative()) {
            throw new IllegalArgumentException("ratio %d, time %s".formatted(ratio, time));
        }
    }

    /// Limits that every honest layer is within: 256 GiB, any ratio that deflate can reach, one day.
    public static InflateLimits standard() {
        return new InflateLimits(ByteSize.ofGibibytes(256), 1_100, Duration.ofDays(1));
    }

    /// @param plain plain bytes so far
    /// @throws DrayException of kind TOO_LARGE when they are too many
    public void checkSize(long plain) {
        if (plain > size.bytes()) {
            throw tooLarge("more than %s plain".formatted(size));
        }
    }

    /// @throws DrayException of kind TOO_LARGE when a limit is passed
    void check(long plain, long compressed, long startedNanos) {
        checkSize(plain);
        if (plain > RATIO_FREE && plain / ratio > compressed) {
            throw tooLarge("more than %d plain bytes for each byte".formatted(ratio));
        }
        if (System.nanoTime() - startedNanos > time.toNanos()) {
            throw tooLarge("more than %d ms to inflate".formatted(time.toMillis()));
        }
    }

    private static DrayException tooLarge(String what) {
        return new DrayException(DrayException.Kind.TOO_LARGE, "compressed data exceeds the limit: " + what);
    }
}
