package dev.dray.registry.server;

import dev.dray.http.Limits;
import dev.dray.registry.RegistryLimits;
import java.util.List;

/// What all clients of a registry may take together, and how that follows from what the process has.
///
/// | budget | from | when it is used up |
/// |---|---|---|
/// | connections | memory for what waits, by 16 KiB (40 KiB with TLS); half of the descriptors | whoever has most loses
/// one |
/// | held bytes | a quarter of the direct memory | half heads are cut off, bodies held back |
/// | slabs | half of the direct memory | bodies are held back |
/// | streams | a sixth of the direct memory, by 128 KiB | 503 |
/// | large replies | an eighth of the heap | 503 |
/// | manifests | a quarter of the heap, by 16 for each of their bytes; large ones one by one | 503 |
/// | upload sessions | a sixteenth of the heap, by 2 KiB | 429 |
///
/// A client's share binds only above three quarters of a budget, since a build farm behind one address is one client.
///
/// @param http those that hold before anybody knows what a request is about
/// @param registry those that hold for what a request is about
public record Budgets(Limits http, RegistryLimits registry) {
    private static final long PLAIN_CONNECTION = 16 << 10;
    private static final long TLS_CONNECTION = 40 << 10;
    private static final long STREAM = 128 << 10;
    private static final long OTHER_DESCRIPTORS = 128;

    /// @param tls whether connections are encrypted, which takes memory for each
    public static Budgets of(Resources resources, boolean tls) {
        long direct = resources.directBytes();
        long held = Math.max(1 << 20, direct / 4);
        long byMemory = held / (tls ? TLS_CONNECTION : PLAIN_CONNECTION);
        long byDescriptors = (resources.descriptors() - OTHER_DESCRIPTORS) / 2;
        Limits http = Limits.DEFAULT
                .withConnections(between(16, Math.min(byMemory, byDescriptors)))
                .withMemory(Math.max(4 << 20, direct / 2), held)
                .withStreams(between(4, direct / 6 / STREAM))
                .withReplyBytes(Math.max(8 << 20, resources.heapBytes() / 8));
        return new Budgets(http, RegistryLimits.ofHeap(resources.heapBytes()));
    }

    private static int between(int least, long wanted) {
        return Math.clamp(wanted, least, 1 << 16);
    }

    /// One line for each budget, for people.
    public List<String> describe() {
        return List.of(
                "connections: %d, above three quarters %d for one client"
                        .formatted(http.connections(), Math.max(2, http.connections() / 16)),
                "heads and other bytes that wait: %d KiB".formatted(http.heldBytes() >> 10),
                "request bodies under way: %d MiB".formatted(http.slabBytes() >> 20),
                "replies copied through memory: %d, above three quarters %d for one client"
                        .formatted(http.streams(), Math.max(1, http.streams() / 4)),
                "large replies: %d MiB".formatted(http.replyBytes() >> 20),
                "manifests: %d KiB of small ones coming in, %d large ones, %d of them parsed, %d read at a time"
                        .formatted(
                                registry.documentBytes() >> 10,
                                registry.largeDocuments(),
                                registry.parses(),
                                registry.loads()),
                "upload sessions: %d in memory, %d of one caller without a byte, for %d s"
                        .formatted(
                                registry.sessions(),
                                registry.sessionsPerCaller(),
                                registry.emptySessionLifetime().toSeconds()),
                "time limits: %d s for a head, %d s of silence, and in that time at least %d bytes per second"
                        .formatted(
                                http.headTimeout().toSeconds(),
                                http.idleTimeout().toSeconds(),
                                http.leastBytesPerSecond()));
    }
}
