package dev.dray.registry;

import dev.dray.store.upload.SessionLimits;
import java.time.Duration;

/// How much the callers of a registry may have under way, alone and together.
///
/// @param documentBytes manifests of up to [DocumentBudget#SMALL] bytes that are being put
/// @param largeDocuments larger ones whose bytes are coming
/// @param parses larger ones that are parsed at a time
/// @param loads manifests that are read from the store at a time, and pages of referrers
/// @param sessions upload sessions that are held in memory
/// @param sessionsPerCaller of one caller, however few others there are
/// @param emptySessionLifetime how long a session without a byte may lie idle
public record RegistryLimits(
        long documentBytes,
        int largeDocuments,
        int parses,
        int loads,
        int sessions,
        int sessionsPerCaller,
        Duration emptySessionLifetime) {

    /// For a heap of 256 MiB.
    public static final RegistryLimits DEFAULT = ofHeap(256L << 20);

    public RegistryLimits {
        if (documentBytes < 1 || largeDocuments < 1 || parses < 1 || loads < 1) {
            throw new IllegalArgumentException("limits must leave room for one manifest");
        }
        if (sessions < 1 || sessionsPerCaller < 1 || !emptySessionLifetime.isPositive()) {
            throw new IllegalArgumentException("limits must leave room for one session");
        }
    }

    /// What a heap of `bytes` can bear: a parsed manifest takes up to 16 times its bytes, the largest 96 MiB; a session
    /// takes about 2 KiB.
    public static RegistryLimits ofHeap(long bytes) {
        return new RegistryLimits(
                Math.max(256 << 10, bytes / 4 / 16),
                Math.clamp(bytes >> 25, 1, 64),
                Math.clamp(bytes / (96 << 20), 1, 16),
                Math.clamp(bytes >> 25, 1, 32),
                Math.clamp(bytes / 16 / (2 << 10), 64, 100_000),
                Math.clamp(bytes / 32 / (2 << 10), 32, 2_000),
                Duration.ofMinutes(5));
    }

    SessionLimits ofSessions() {
        return new SessionLimits(sessions, sessionsPerCaller, emptySessionLifetime);
    }

    public RegistryLimits withSessions(int all, int perCaller, Duration emptyLifetime) {
        return new RegistryLimits(documentBytes, largeDocuments, parses, loads, all, perCaller, emptyLifetime);
    }
}
