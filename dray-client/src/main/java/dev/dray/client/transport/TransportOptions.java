package dev.dray.client.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What the connections need to know.
///
/// @param certificates folder of `<host[:port]>/*.crt`
/// @param environment where proxies are looked up
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
