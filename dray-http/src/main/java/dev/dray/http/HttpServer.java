package dev.dray.http;

import java.time.Duration;

/// A running server. Thread safe.
public interface HttpServer extends AutoCloseable {

    /// Where it is reached; a port that was asked for as 0 is the real one.
    ListenAddress address();

    /// Stops at once accepting, lets running requests finish for as long as `patience`, then cuts them
    /// off. Returns when everything is released. Closing again does nothing.
    void close(Duration patience);

    /// Closes with a patience of five seconds.
    @Override
    default void close() {
        close(Duration.ofSeconds(5));
    }
}
