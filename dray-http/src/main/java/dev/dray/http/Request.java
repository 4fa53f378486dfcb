package dev.dray.http;

import java.util.Objects;

/// One request, as passed to a handler.
///
/// The server has read and checked the head, but has not read the body. A record, so that handlers can be tested
/// without a server: `new Request(RequestHead.of(Method.GET, "/v2/"), RequestBody.empty(), Peer.LOCAL, new
/// RequestAttributes())`.
///
/// @param head request line and header fields
/// @param body can be read once
/// @param peer the sender
/// @param notes further attributes that the handler adds to the access log
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
