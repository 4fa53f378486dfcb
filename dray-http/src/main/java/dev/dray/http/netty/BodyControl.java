package dev.dray.http.netty;

/// Requests of a body to its connection. May be called on any thread.
interface BodyControl {

    /// The handler begins to read: sends a pending 100 Continue and starts the idle timeout.
    void begin();

    /// Stops reading from the client until [#resume].
    void pause();

    void resume();
}
