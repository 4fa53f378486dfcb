package dev.dray.http.netty.memory;

import java.util.concurrent.atomic.AtomicLong;

/// How much has come from clients and waits: half heads, requests behind the first one, bodies that nobody reads yet.
/// Thread safe.
public final class HeldBytes {
    private final AtomicLong held = new AtomicLong();
    private final long most;

    public HeldBytes(long most) {
        this.most = most;
    }

    /// @param bytes negative for what is held no longer
    public void add(long bytes) {
        if (bytes != 0) {
            held.addAndGet(bytes);
        }
    }

    public long count() {
        return held.get();
    }

    /// More than three quarters are in use: reads are small, and bodies come when they are read.
    public boolean isTight() {
        return held.get() > most / 4 * 3;
    }

    /// Everything is in use: half heads are not waited for.
    public boolean isSpent() {
        return held.get() > most;
    }
}
