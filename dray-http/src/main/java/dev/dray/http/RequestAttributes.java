package dev.dray.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a handler wants in the access log beside what the server sees: a user, a repository, a mount's
/// source.
///
/// Thread safe. RequestAttributes made after the handler has returned may be lost.
public final class RequestAttributes {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    /// RequestAttributes `value` under `name`, in place of an earlier one.
    public void put(String name, String value) {
        values.put(name, value);
    }

    /// All notes as they are now.
    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
