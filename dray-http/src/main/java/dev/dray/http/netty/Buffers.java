package dev.dray.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/// Buffers between socket and slab or reply, sized so that an idle server is small.
final class Buffers {
    private static final int PAGE_BYTES = 8 << 10;
    private static final int CHUNK_ORDER = 7;
    private static final int ARENAS = 4;
    private static final int SMALL_READ = 2 << 10;

    /// Chunks of 1 MiB in a few arenas, without per-thread caches.
    static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(true, 1, ARENAS, PAGE_BYTES, CHUNK_ORDER, 0, 0, false);

    private Buffers() {}

    /// Reads begin at 16 KiB, so that a small push comes in one, and grow to 256 KiB; while much is held they are
    /// small.
    static RecvByteBufAllocator receiving(HeldBytes held) {
        RecvByteBufAllocator adaptive = new AdaptiveRecvByteBufAllocator(SMALL_READ, 16 << 10, 256 << 10);
        return () -> new SmallReads((RecvByteBufAllocator.ExtendedHandle) adaptive.newHandle(), held);
    }

    private static final class SmallReads extends RecvByteBufAllocator.DelegatingHandle
            implements RecvByteBufAllocator.ExtendedHandle {
        private final HeldBytes held;

        SmallReads(RecvByteBufAllocator.ExtendedHandle delegate, HeldBytes held) {
            super(delegate);
            this.held = held;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return held.isTight() ? allocator.ioBuffer(SMALL_READ) : delegate().allocate(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return ((RecvByteBufAllocator.ExtendedHandle) delegate()).continueReading(maybeMoreData);
        }
    }
}
