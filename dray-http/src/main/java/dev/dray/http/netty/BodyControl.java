package dev.dray.http.netty;

/// What a body asks of its connection. May be called on any thread.
interface BodyControl {

    /// The handler begins to read: tells a waiting client to go on, and minds its silence from now on.
    void begin();

    /// Reads no more from the client until [#resume].
    void pause();

    void resume();
}
