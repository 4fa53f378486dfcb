package dev.dray.http;

/// Receives failures that are hidden from clients.
///
/// Called from several threads concurrently; must not block.
@FunctionalInterface
public interface ErrorListener {

    /// Reports that a handler threw `failure`, that a reply's body failed while being sent, or that the server
    /// itself failed unexpectedly; `what` names the operation and its object.
    void failed(String what, Throwable failure);

    /// The server cannot go on: one of its event loops has died, or the socket that it listens on. A process that is
    /// there to serve ends here, for it would be deaf.
    default void died(String what) {
        failed(what, new IllegalStateException(what));
    }
}
