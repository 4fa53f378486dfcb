package dev.dray.client.transport;

import java.io.IOException;

/// Sends one request to its host and returns the reply, whatever its status. Thread safe; calls block, within the
/// configured timeout.
@FunctionalInterface
public interface Transport {
    /// @return the reply; the caller closes it
    /// @throws IOException when no reply came
    HttpReply execute(HttpRequest request) throws IOException;
}
