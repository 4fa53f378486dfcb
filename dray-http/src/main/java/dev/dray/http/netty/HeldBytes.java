package dev.dray.http.netty;

import java.util.concurrent.atomic.AtomicLong;

/// How much has come from clients and waits: half heads, requests behind the first one, bodies that nobody reads yet.
/// Thread safe.
final class HeldBytes {
    private final AtomicLong held = new AtomicLong();
    private final long most;

    HeldBytes(long most) {
        this.most = most;
    }

    /// @param bytes negative for what is held no longer
    void add(long bytes) {
        if (bytes != 0) {
            held.addAndGet(bytes);
        }
    }

    long count() {
        return held.get();
    }

    /// More than three quarters are in use: reads are small, and bodies come when they are read.
    boolean isTight() {
        return held.get() > most / 4 * 3;
    }

    /// Everything is in use: half heads are not waited for.
    boolean isSpent() {
        return held.get() > most;
    }
}
