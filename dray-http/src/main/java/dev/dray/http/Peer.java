package dev.dray.http;

import java.util.Objects;

/// The other end of a connection.
///
/// @param address `127.0.0.1:40312`, `[::1]:40312`, or `unix` for a unix socket
/// @param client whose shares of budgets its requests use
/// @param secure whether the connection is encrypted
public record Peer(String address, ClientAddress client, boolean secure) {

    /// A peer for tests of handlers.
    public static final Peer LOCAL = new Peer("127.0.0.1:1", new ClientAddress("127.0.0.1"), false);

    public Peer {
        Objects.requireNonNull(address);
        Objects.requireNonNull(client);
    }
}
