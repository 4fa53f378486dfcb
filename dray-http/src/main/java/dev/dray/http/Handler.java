package dev.dray.http;

/// What a server is there for: one reply for one request.
///
/// Called on a virtual thread of the request's own, so blocking reads are fine; many calls run at the same
/// time. An exception becomes a reply by this table, and nothing that a handler throws ends the server:
///
/// | thrown | reply |
/// |---|---|
/// | [BodyTooLarge] | 413 |
/// | [BodyTruncated] | none, the connection is closed (408 when the client fell silent) |
/// | anything else | 500 with an empty body, and [ErrorListener#failed] |
@FunctionalInterface
public interface Handler {

    /// Answers `request`. The server closes what the reply's body holds, whether it could be sent or not.
    Response handle(Request request) throws Exception;
}
