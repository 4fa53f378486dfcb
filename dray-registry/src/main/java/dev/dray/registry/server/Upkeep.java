package dev.dray.registry.server;

import dev.dray.http.ErrorListener;
import dev.dray.registry.RegistryUploads;
import dev.dray.registry.access.Admission;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Periodic work of a registry, on its own thread until closed: discards abandoned uploads, and reloads changed users
/// and access files, so that a file that does not parse is reported when it is written and not with the next request.
final class Upkeep implements AutoCloseable {
    private static final Duration UPLOADS = Duration.ofMinutes(1);
    private static final Duration RIGHTS = Duration.ofSeconds(2);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("upkeep").factory());
    private final ErrorListener errors;

    private Upkeep(ErrorListener errors) {
        this.errors = errors;
    }

    /// For a registry.
    static Upkeep of(RegistryUploads uploads, Admission admission, ErrorListener errors) {
        Upkeep upkeep = ofRights(admission, errors);
        upkeep.every(UPLOADS, "discarding abandoned uploads", uploads::discardExpired);
        return upkeep;
    }

    /// For a server without uploads.
    static Upkeep ofRights(Admission admission, ErrorListener errors) {
        Upkeep upkeep = new Upkeep(errors);
        upkeep.every(RIGHTS, "looking at the files of users and rules", admission::refresh);
        return upkeep;
    }

    /// A periodic task.
    @FunctionalInterface
    private interface Chore {
        void run() throws IOException;
    }

    private void every(Duration pause, String what, Chore chore) {
        var _ = timer.scheduleWithFixedDelay(
                () -> run(what, chore), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Reports a failure and keeps the timer running.
    private void run(String what, Chore chore) {
        try {
            chore.run();
        } catch (IOException | RuntimeException e) {
            errors.failed(what, e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
