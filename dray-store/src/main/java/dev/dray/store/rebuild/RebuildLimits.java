package dev.dray.store.rebuild;

import java.time.Duration;

/// Bounds the rebuilds for readers.
///
/// @param concurrent most rebuilds at once
/// @param patience how long a reader waits for one to begin
/// @param idle a rebuild is evicted when its readers have taken nothing for so long
/// @param turn a rebuild that waits for its readers is evicted after so long when other readers are queued
public record RebuildLimits(int concurrent, Duration patience, Duration idle, Duration turn) {
    /// The most memory that one rebuild holds: the window, the frames that it reads from the packs, which take two
    /// regions of a small heap each, a segment, and the encoder.
    private static final long SHARE = 24L << 20;

    private static final int MOST = 64;

    public RebuildLimits {
        if (concurrent < 1) {
            throw new IllegalArgumentException(concurrent + " rebuilds");
        }
    }

    /// @param heap bytes that the JVM may use
    /// @param shared bytes that all rebuilds hold together
    public static RebuildLimits of(long heap, long shared) {
        int concurrent = Math.clamp((heap * 5 / 8 - shared) / SHARE, 1, MOST);
        return new RebuildLimits(concurrent, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }
}
