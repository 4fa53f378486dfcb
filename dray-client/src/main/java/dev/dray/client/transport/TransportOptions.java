package dev.dray.client.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The settings of connections.
///
/// @param certificates folder of `<host[:port]>/*.crt`
/// @param environment source of the proxy variables
/// @param timeout longest silence
/// @param connectionsPerHost most connections at once to one host; more requests wait
public record TransportOptions(
        Path certificates,
        Map<String, String> environment,
        Duration timeout,
        int connectionsPerHost,
        String userAgent) {
    public TransportOptions {
        environment = Map.copyOf(environment);
    }
}
