package dev.dray.http;

/// Is told of failures that no client should see.
///
/// Called by several threads at a time; must not block.
@FunctionalInterface
public interface ErrorListener {

    /// A handler threw `failure`, a reply's body failed while it was sent, or the server itself met something
    /// unforeseen (`what` says which, on what).
    void failed(String what, Throwable failure);

    /// The server cannot go on: one of its event loops has died, or the socket that it listens on. A process that is
    /// there to serve ends here, for it would be deaf.
    default void died(String what) {
        failed(what, new IllegalStateException(what));
    }
}
