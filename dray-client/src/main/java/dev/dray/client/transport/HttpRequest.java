package dev.dray.client.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One HTTP request of this library.
///
/// @param uri absolute, `http` or `https`
/// @param repeatable false when a broken connection invalidates more than this request, such as its upload session, so
///     that the caller must start over
public record HttpRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        Optional<RequestBody> body,
        Purpose purpose,
        boolean repeatable,
        TrafficMeter meter) {

    /// The category under which a request is counted.
    public enum Purpose {
        REGISTRY,
        TOKEN
    }

    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    public static HttpRequest of(String method, URI uri, TrafficMeter meter) {
        return new HttpRequest(method, uri, Map.of(), Optional.empty(), Purpose.REGISTRY, true, meter);
    }

    public HttpRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpRequest(method, uri, more, body, purpose, repeatable, meter);
    }

    public HttpRequest to(URI other) {
        return new HttpRequest(method, other, headers, body, purpose, repeatable, meter);
    }

    public HttpRequest sending(RequestBody value) {
        return new HttpRequest(method, uri, headers, Optional.of(value), purpose, repeatable, meter);
    }

    public HttpRequest forToken() {
        return new HttpRequest(method, uri, headers, body, Purpose.TOKEN, repeatable, meter);
    }

    public HttpRequest once() {
        return new HttpRequest(method, uri, headers, body, purpose, false, meter);
    }

    /// Method and address for messages, without the query, which may hold secrets.
    public String line() {
        return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
