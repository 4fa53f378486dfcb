package dev.dray.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Attributes that a handler adds to the access log: a user, a repository, a mount's source.
///
/// Thread safe. Attributes put after the handler has returned may be lost.
public final class RequestAttributes {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    /// Sets the attribute `name`, replacing an earlier value.
    public void put(String name, String value) {
        values.put(name, value);
    }

    /// A snapshot of all attributes.
    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
