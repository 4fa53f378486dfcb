package dev.dray.http;

import java.time.Duration;

/// Limits on the resources that clients may use.
///
/// @param requestLineBytes longest request line; beyond it 414
/// @param headerBytes all header fields together; beyond it 431
/// @param headTimeout from the first byte of a request to the end of its head; beyond it 408
/// @param idleTimeout longest silence of a connection: between requests, within a body, or while it does not read a
///     reply
/// @param slabBytes memory for request bodies in transit, over all connections; when it is exhausted, the server stops
///     reading from clients
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
