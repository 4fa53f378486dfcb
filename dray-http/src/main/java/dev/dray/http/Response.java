package dev.dray.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A reply. The server adds `Content-Length`, `Date` and `Connection`; handlers omit them.
///
/// Build the reply to HEAD like the one to GET: the server announces the length, closes the body and does not send it.
///
/// @param status 200 to 599
public record Response(int status, Headers headers, ResponseBody body) {

    public Response {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a reply cannot have status " + status);
        }
        Objects.requireNonNull(headers);
        Objects.requireNonNull(body);
    }

    /// A reply without a body.
    public static Response of(int status) {
        return new Response(status, Headers.empty(), new ResponseBody.Empty());
    }

    /// A reply whose body is `text` in UTF-8.
    public static Response text(int status, String contentType, String text) {
        return of(status)
                .with("Content-Type", contentType)
                .body(new ResponseBody.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// This reply with every header field called `name` replaced by this one.
    public Response with(String name, String value) {
        return new Response(status, headers.with(name, value), body);
    }

    /// This reply with one more header field.
    public Response and(String name, String value) {
        return new Response(status, headers.and(name, value), body);
    }

    /// This reply with another body.
    public Response body(ResponseBody body) {
        return new Response(status, headers, body);
    }
}
