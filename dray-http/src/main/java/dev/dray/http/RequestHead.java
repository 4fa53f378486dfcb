package dev.dray.http;

import java.util.Objects;

/// Request line and header fields.
///
/// @param path of the resource
/// @param query the parameters after the `?`
/// @param version `HTTP/1.1` or `HTTP/1.0`
public record RequestHead(Method method, RequestPath path, Query query, String version, Headers headers) {

    public RequestHead {
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        Objects.requireNonNull(query);
        Objects.requireNonNull(version);
        Objects.requireNonNull(headers);
    }

    /// The head of a request for `target` (a path with an optional query) without header fields, for tests of
    /// handlers.
    ///
    /// @throws IllegalArgumentException when the target is malformed
    public static RequestHead of(Method method, String target) {
        return of(method, target, "HTTP/1.1", Headers.empty());
    }

    /// The head of a request for `target`, a path with an optional query (RFC 9112, section 3.2.1).
    ///
    /// @throws IllegalArgumentException when the target is malformed
    public static RequestHead of(Method method, String target, String version, Headers headers) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new RequestHead(method, RequestPath.parse(path), Query.parse(query), version, headers);
    }
}
