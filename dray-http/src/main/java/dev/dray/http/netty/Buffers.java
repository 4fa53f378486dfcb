package dev.dray.http.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/// Buffers between socket and slab or reply, sized so that an idle server is small.
final class Buffers {
    private static final int PAGE_BYTES = 8 << 10;
    private static final int CHUNK_ORDER = 7;
    private static final int ARENAS = 4;

    /// Chunks of 1 MiB in a few arenas, without per-thread caches.
    static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(true, 1, ARENAS, PAGE_BYTES, CHUNK_ORDER, 0, 0, false);

    private Buffers() {}

    /// Reads start at 16 KiB, so that a small push arrives in one, and grow to 256 KiB.
    static RecvByteBufAllocator receiving() {
        return new AdaptiveRecvByteBufAllocator(2 << 10, 16 << 10, 256 << 10);
    }
}
