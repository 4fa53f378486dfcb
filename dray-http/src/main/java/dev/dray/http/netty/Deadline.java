package dev.dray.http.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one timer of a connection: runs an action after a period without activity.
///
/// Used on the connection's event loop only. Moving the deadline is a single store; the scheduled task finds that it
/// ran too early and reschedules itself, so busy connections schedule nothing.
final class Deadline {
    private final EventExecutor loop;
    private @Nullable Runnable action;
    private @Nullable ScheduledFuture<?> task;
    private long taskAt;
    private long patience;
    private long due;

    Deadline(EventExecutor loop) {
        this.loop = loop;
    }

    /// Runs `action` when `patience` has passed without [#touch]; replaces an armed action.
    void arm(Duration patience, Runnable action) {
        this.action = action;
        this.patience = patience.toNanos();
        touch();
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
        due = System.nanoTime() + patience;
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
        taskAt = due;
        task = loop.schedule(this::fire, Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        task = null;
        Runnable overdue = action;
        if (overdue == null) {
            return;
        }
        if (due - System.nanoTime() > 0) {
            schedule();
        } else {
            action = null;
            overdue.run();
        }
    }
}
