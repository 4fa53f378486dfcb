package dev.dray.http.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one timer of a connection: does something when nothing has happened for a while, or too little.
///
/// Used on the connection's event loop only. Moving the deadline is a single store; the scheduled task finds that it
/// ran too early and reschedules itself, so busy connections schedule nothing.
final class Deadline {
    private final EventExecutor loop;
    private volatile @Nullable Runnable action;
    private @Nullable ScheduledFuture<?> task;
    private long taskAt;
    private volatile long touched;
    private long patience;
    private long due;
    private long least;
    private long moved;
    private long periodEnd;

    Deadline(EventExecutor loop) {
        this.loop = loop;
    }

    /// Runs `action` when `patience` has passed without [#touch]; replaces an armed action.
    void arm(Duration patience, Runnable action) {
        arm(patience, 0, action);
    }

    /// The same, and also when less than `least` bytes were told to [#moved] in a time of `patience`.
    void arm(Duration patience, long least, Runnable action) {
        this.patience = patience.toNanos();
        this.least = least;
        this.moved = 0;
        this.action = action;
        touch();
        periodEnd = due;
        if (task != null && taskAt - due > 0) {
            task.cancel(false);
            task = null;
        }
        if (task == null) {
            schedule();
        }
    }

    /// Restarts the period.
    void touch() {
        long now = System.nanoTime();
        touched = now;
        due = now + patience;
    }

    /// Bytes came or went: starts the wait anew, though not for a higher rate.
    void moved(long bytes) {
        moved += bytes;
        touch();
    }

    /// Whether the client has been waited for all this time. On any thread.
    boolean hasWaited(Duration time) {
        return action != null && System.nanoTime() - touched >= time.toNanos();
    }

    void disarm() {
        action = null;
    }

    /// Cancels the scheduled task when the connection ends.
    void cancel() {
        action = null;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void schedule() {
        taskAt = least > 0 && periodEnd - due < 0 ? periodEnd : due;
        task = loop.schedule(this::fire, Math.max(0, taskAt - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        task = null;
        Runnable overdue = action;
        if (overdue == null) {
            return;
        }
        long now = System.nanoTime();
        if (due - now > 0 && !isTooSlow(now)) {
            schedule();
        } else {
            action = null;
            overdue.run();
        }
    }

    private boolean isTooSlow(long now) {
        if (least == 0 || periodEnd - now > 0) {
            return false;
        }
        boolean slow = moved < least;
        moved = 0;
        periodEnd = now + patience;
        return slow;
    }
}
