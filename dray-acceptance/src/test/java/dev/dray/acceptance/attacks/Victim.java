package dev.dray.acceptance.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DrayServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Another client of a server that is attacked, at an address of its own.
///
/// @param port of the server
record Victim(int port) {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int TRIES = 3;

    static Victim of(DrayServer server) {
        return new Victim(server.port());
    }

    /// Asks for `/v2/` on a new connection, again and again, and each time gets it within a second.
    void isServed() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            assertThat(get("/v2/", PATIENCE)).startsWith("HTTP/1.1 200");
        }
    }

    /// The reply to a request on a new connection, head and body.
    String get(String path, Duration patience) throws IOException {
        try (Socket socket = new Socket()) {
            int millis = (int) patience.toMillis();
            socket.setSoTimeout(millis);
            socket.bind(new InetSocketAddress("127.0.2.1", 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), millis);
            String request = "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".formatted(path);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
