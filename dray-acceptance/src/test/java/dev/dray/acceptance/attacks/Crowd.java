package dev.dray.acceptance.attacks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Many connections from some loopback addresses that each send something and then hold still.
final class Crowd implements AutoCloseable {
    private static final int PATIENCE = 2_000;

    private final List<Socket> sockets = new ArrayList<>();

    /// Connects `count` times from `addresses` clients. A connection that the server ends at once is none of our
    /// concern.
    static Crowd of(int count, int addresses, int port, String words) {
        Crowd crowd = new Crowd();
        for (int i = 0; i < count; i++) {
            crowd.connect("127.0.1." + (1 + i % addresses), port, words);
        }
        return crowd;
    }

    private void connect(String from, int port, String words) {
        Socket socket = new Socket();
        sockets.add(socket);
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE);
            socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException refused) {
            // as it should be, when there are too many
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
