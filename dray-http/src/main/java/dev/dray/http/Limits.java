package dev.dray.http;

import java.time.Duration;

/// What a client may cost.
///
/// @param requestLineBytes longest request line; beyond it 414
/// @param headerBytes all header fields together; beyond it 431
/// @param headTimeout from the first byte of a request to the end of its head; beyond it 408
/// @param idleTimeout how long a connection may be silent: between requests, within a body, or not taking a
///     reply
/// @param slabBytes memory for request bodies under way, all connections together; when it is used up,
///     clients are held back
public record Limits(
        int requestLineBytes, int headerBytes, Duration headTimeout, Duration idleTimeout, long slabBytes) {

    /// 8 KiB, 32 KiB, 30 seconds, 5 minutes, 128 MiB.
    public static final Limits DEFAULT =
            new Limits(8 << 10, 32 << 10, Duration.ofSeconds(30), Duration.ofMinutes(5), 128L << 20);

    public Limits {
        if (requestLineBytes < 64 || headerBytes < 64 || slabBytes < (1 << 20)) {
            throw new IllegalArgumentException("limits are too small to answer any request");
        }
        if (!headTimeout.isPositive() || !idleTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
    }
}
