package dev.dray.client.transport;

import java.io.IOException;

/// Carries one request to its host and brings the reply, whatever its status. Thread safe; calls block, within the
/// timeout of silence it was made with.
@FunctionalInterface
public interface Transport {
    /// @return the reply; the caller closes it
    /// @throws IOException when no reply came
    HttpReply execute(HttpRequest request) throws IOException;
}
