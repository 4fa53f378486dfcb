package dev.dray.http;

import java.time.Duration;

/// A running server. Thread safe.
public interface HttpServer extends AutoCloseable {

    /// The bound address; a requested port of 0 is replaced by the real one.
    ListenAddress address();

    /// Stops accepting at once, waits up to `patience` for running requests, then aborts them. Returns when all
    /// resources are released. Idempotent.
    void close(Duration patience);

    /// Closes with a patience of five seconds.
    @Override
    default void close() {
        close(Duration.ofSeconds(5));
    }
}
