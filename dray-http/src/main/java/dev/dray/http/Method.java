package dev.dray.http;

import java.util.Optional;

/// The request methods passed to handlers; the server itself answers any other with 501 (RFC 9110, section 9).
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS;

    /// The method called `name`; names are case-sensitive.
    public static Optional<Method> of(String name) {
        for (Method method : values()) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
