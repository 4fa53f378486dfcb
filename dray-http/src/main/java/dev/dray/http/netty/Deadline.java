package dev.dray.http.netty;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one timer of a connection: does something when nothing has happened for a while.
///
/// Used on the connection's event loop only. Moving the deadline is a store; the scheduled task finds out
/// that it came too early and goes back to sleep, so that busy connections schedule nothing.
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

    /// Runs `action` when `patience` has passed without [#touch], in place of what was armed before.
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

    /// Starts the wait anew.
    void touch() {
        due = System.nanoTime() + patience;
    }

    void disarm() {
        action = null;
    }

    /// Lets go of the scheduled task; for the end of the connection.
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
