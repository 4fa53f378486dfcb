package dev.dray.client.transfer;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Traffic counts. Every request sent counts, including repeated and refused ones.
///
/// @param requests to registries, by method; token requests are not among them
/// @param tokenRequests to token servers
/// @param bytesSent all bytes of requests, heads included (before encryption)
/// @param bodyBytesSent those of bodies alone
/// @param bytesReceived all bytes of replies, heads included
public record Traffic(
        Map<String, Long> requests, long tokenRequests, long bytesSent, long bodyBytesSent, long bytesReceived) {
    public Traffic {
        requests = Collections.unmodifiableMap(new TreeMap<>(requests));
    }

    /// Requests to registries of all methods, token requests excluded.
    public long totalRequests() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }
}
