package dev.dray.store.rebuild;

import java.time.Duration;

/// How many blobs may be made for readers at once, and how long one may hold its share of the memory.
///
/// @param most makings at once
/// @param patience how long a reader waits for a share
/// @param idle a making whose readers have taken nothing for so long loses its share
/// @param turn a making that waits for its readers loses its share after so long when others wait in line
public record RebuildLimits(int most, Duration patience, Duration idle, Duration turn) {
    /// What one making holds at most: the window, the frames that it reads from the packs, which take two regions of
    /// a small heap each, a segment, and the encoder.
    private static final long SHARE = 24L << 20;

    private static final int MOST = 64;

    public RebuildLimits {
        if (most < 1) {
            throw new IllegalArgumentException(most + " makings");
        }
    }

    /// @param heap bytes that the JVM may use
    /// @param shared bytes that all makings hold together
    public static RebuildLimits of(long heap, long shared) {
        int most = Math.clamp((heap * 5 / 8 - shared) / SHARE, 1, MOST);
        return new RebuildLimits(most, Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }
}
