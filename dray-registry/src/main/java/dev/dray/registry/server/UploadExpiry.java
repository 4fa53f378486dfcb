package dev.dray.registry.server;

import dev.dray.http.ErrorListener;
import dev.dray.registry.RegistryUploads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Discards abandoned uploads now and then, on a thread of its own, until it is closed.
final class UploadExpiry implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("upload-expiry").factory());

    private UploadExpiry() {}

    static UploadExpiry start(RegistryUploads uploads, ErrorListener errors) {
        UploadExpiry expiry = new UploadExpiry();
        var _ = expiry.timer.scheduleWithFixedDelay(
                () -> discard(uploads, errors), PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
        return expiry;
    }

    private static void discard(RegistryUploads uploads, ErrorListener errors) {
        try {
            uploads.discardExpired();
        } catch (IOException | RuntimeException e) {
            errors.failed("discarding abandoned uploads", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
