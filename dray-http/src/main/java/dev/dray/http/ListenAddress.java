package dev.dray.http;

import java.nio.file.Path;
import java.util.Objects;

/// An address that a server listens on.
public sealed interface ListenAddress {

    /// A TCP port.
    ///
    /// @param host a name or address of this machine; empty for all of its addresses
    /// @param port 0 for any free one
    record Tcp(String host, int port) implements ListenAddress {

        public Tcp {
            Objects.requireNonNull(host);
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException(port + " is not a port");
            }
        }

        /// `127.0.0.1:5000`, `[::1]:5000`.
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// A unix socket. The server replaces a stale socket file, and removes its own when it closes.
    record Unix(Path path) implements ListenAddress {

        public Unix {
            Objects.requireNonNull(path);
        }

        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
