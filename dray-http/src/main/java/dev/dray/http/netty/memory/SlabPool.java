package dev.dray.http.netty.memory;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The slabs of all connections: 1 MiB of direct memory each, bounded by the budget.
///
/// A slab is taken when bytes arrive to fill it. The pool keeps a few idle slabs and frees the others at once, so that
/// an idle server is small. Thread safe.
public final class SlabPool {
    static final int SLAB_BYTES = 1 << 20;
    private static final int IDLE_KEPT = 8;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
    private final int most;
    private final ArrayDeque<ByteBuf> idle = new ArrayDeque<>();
    private final ArrayDeque<Runnable> waiters = new ArrayDeque<>();
    private int taken;
    private boolean closed;

    public SlabPool(long budget) {
        this.most = Math.toIntExact(Math.max(1, budget / SLAB_BYTES));
    }

    /// An empty slab, or null; then `waiter` runs once, when one may be available. A waiter that no longer needs
    /// one calls [#wakeNext].
    public synchronized @Nullable ByteBuf takeOrWait(Runnable waiter) {
        if (taken >= most) {
            waiters.add(waiter);
            return null;
        }
        taken++;
        ByteBuf slab = idle.poll();
        return slab != null ? slab.clear() : allocator.directBuffer(SLAB_BYTES, SLAB_BYTES);
    }

    public void give(ByteBuf slab) {
        synchronized (this) {
            taken--;
            if (!closed && idle.size() < IDLE_KEPT) {
                idle.add(slab);
            } else {
                slab.release();
            }
        }
        wakeNext();
    }

    public void wakeNext() {
        Runnable waiter;
        synchronized (this) {
            waiter = taken < most ? waiters.poll() : null;
        }
        if (waiter != null) {
            waiter.run();
        }
    }

    /// Whether others wait, so that partly filled slabs should not be held.
    public synchronized boolean isStarved() {
        return !waiters.isEmpty();
    }

    public synchronized void close() {
        closed = true;
        idle.forEach(ByteBuf::release);
        idle.clear();
    }
}
