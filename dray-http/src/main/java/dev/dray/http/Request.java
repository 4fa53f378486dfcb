package dev.dray.http;

import java.util.Objects;

/// One request, as a handler sees it.
///
/// The head has been read and checked when the handler is called; the body has not. A record, so that
/// handlers can be tested without a server: `new Request(RequestHead.of(Method.GET, "/v2/"),
/// RequestBody.empty(), Peer.LOCAL, new RequestAttributes())`.
///
/// @param head request line and header fields
/// @param body what follows the head, read at most once
/// @param peer who sent it
/// @param notes what the handler wants in the access log, beside what the server sees
public record Request(RequestHead head, RequestBody body, Peer peer, RequestAttributes notes) {

    public Request {
        Objects.requireNonNull(head);
        Objects.requireNonNull(body);
        Objects.requireNonNull(peer);
        Objects.requireNonNull(notes);
    }

    public Method method() {
        return head.method();
    }

    public RequestPath path() {
        return head.path();
    }

    public Query query() {
        return head.query();
    }

    public Headers headers() {
        return head.headers();
    }
}
