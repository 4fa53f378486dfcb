package dev.dray.http;

/// Answers requests, one reply each.
///
/// Called on a virtual thread per request, so blocking reads are fine; many calls run concurrently. An exception
/// becomes a reply by this table, and never ends the server:
///
/// | thrown | reply |
/// |---|---|
/// | [BodyTooLarge] | 413 |
/// | [BodyTruncated] | none, the connection is closed (408 when the client timed out) |
/// | anything else | 500 with an empty body, and [ErrorListener#failed] |
@FunctionalInterface
public interface Handler {

    /// Answers `request`. The server closes the resources of the reply's body, whether or not it could be sent.
    Response handle(Request request) throws Exception;
}
