package dev.dray.http;

import java.time.Duration;
import java.util.function.Consumer;

/// How much a client may take, alone and with all others.
///
/// @param requestLineBytes longest request line; beyond it 414
/// @param headerBytes all header fields together; beyond it 431
/// @param headTimeout from the first byte of a request to the end of its head; beyond it 408
/// @param idleTimeout longest silence of a connection: between requests, within a body, or while it does not read a
///     reply
/// @param leastBytesPerSecond what a body or a reply has to move on average over each `idleTimeout`; 0 demands
///     nothing
/// @param slabBytes memory for request bodies under way, all connections together; when it is used up,
///     clients are held back
/// @param connections most connections at a time; see [ClientAddress] for the share of one client
/// @param heldBytes memory for what has come and waits: half heads, requests behind the first, beginnings of bodies
/// @param streams most replies at a time that are copied through memory, four for one whose bytes are made meanwhile;
///     beyond it 503 with `Retry-After`
/// @param replyBytes most bytes of large replies that are in memory until their clients have taken them; beyond it 503
public record Limits(
        int requestLineBytes,
        int headerBytes,
        Duration headTimeout,
        Duration idleTimeout,
        int leastBytesPerSecond,
        long slabBytes,
        int connections,
        long heldBytes,
        int streams,
        long replyBytes) {

    /// 8 KiB, 32 KiB, 30 seconds, 5 minutes, 1 KiB, 128 MiB, 2,048 connections, 32 MiB, 256 streams, 32 MiB.
    public static final Limits DEFAULT = new Limits(
            8 << 10,
            32 << 10,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            1 << 10,
            128L << 20,
            2048,
            32L << 20,
            256,
            32L << 20);

    public Limits {
        if (requestLineBytes < 64 || headerBytes < 64 || slabBytes < (1 << 20) || heldBytes < (64 << 10)) {
            throw new IllegalArgumentException("limits are too small to answer any request");
        }
        if (connections < 1 || streams < 1 || replyBytes < 1 || leastBytesPerSecond < 0) {
            throw new IllegalArgumentException("limits must leave room for one connection and one stream");
        }
        if (!headTimeout.isPositive() || !idleTimeout.isPositive()) {
            throw new IllegalArgumentException("timeouts must be positive");
        }
    }

    public Limits withTimeouts(Duration head, Duration idle) {
        return changed(parts -> {
            parts.headTimeout = head;
            parts.idleTimeout = idle;
        });
    }

    public Limits withLeastRate(int bytesPerSecond) {
        return changed(parts -> parts.leastBytesPerSecond = bytesPerSecond);
    }

    /// @param slabs as `slabBytes`
    /// @param held as `heldBytes`
    public Limits withMemory(long slabs, long held) {
        return changed(parts -> {
            parts.slabBytes = slabs;
            parts.heldBytes = held;
        });
    }

    public Limits withConnections(int most) {
        return changed(parts -> parts.connections = most);
    }

    public Limits withStreams(int most) {
        return changed(parts -> parts.streams = most);
    }

    public Limits withReplyBytes(long most) {
        return changed(parts -> parts.replyBytes = most);
    }

    private Limits changed(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return new Limits(
                requestLineBytes,
                headerBytes,
                parts.headTimeout,
                parts.idleTimeout,
                parts.leastBytesPerSecond,
                parts.slabBytes,
                parts.connections,
                parts.heldBytes,
                parts.streams,
                parts.replyBytes);
    }

    /// The components that can be changed, so that their order stands in one place.
    private static final class Parts {
        private Duration headTimeout;
        private Duration idleTimeout;
        private int leastBytesPerSecond;
        private long slabBytes;
        private int connections;
        private long heldBytes;
        private int streams;
        private long replyBytes;

        private Parts(Limits limits) {
            headTimeout = limits.headTimeout;
            idleTimeout = limits.idleTimeout;
            leastBytesPerSecond = limits.leastBytesPerSecond;
            slabBytes = limits.slabBytes;
            connections = limits.connections;
            heldBytes = limits.heldBytes;
            streams = limits.streams;
            replyBytes = limits.replyBytes;
        }
    }
}
