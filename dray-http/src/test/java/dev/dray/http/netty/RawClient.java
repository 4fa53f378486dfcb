package dev.dray.http.netty;

import dev.dray.http.HttpServer;
import dev.dray.http.ListenAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A client that sends exactly the given bytes and returns the received ones. Reads and writes time out after ten
/// seconds.
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// One reply: its head without the empty line, and its body, one character per byte.
    record Reply(String head, String body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /// The reply's length on the wire.
        long bytes() {
            return head.length() + 4L + body.length();
        }

        String header(String name) {
            for (String line : head.lines().toList()) {
                if (line.regionMatches(true, 0, name + ": ", 0, name.length() + 2)) {
                    return line.substring(name.length() + 2);
                }
            }
            return "";
        }
    }

    static RawClient to(HttpServer server) throws IOException {
        ListenAddress.Tcp address = (ListenAddress.Tcp) server.address();
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
        return new RawClient(socket);
    }

    /// From another loopback address, so that it is another client.
    static RawClient to(HttpServer server, String from) throws IOException {
        ListenAddress.Tcp address = (ListenAddress.Tcp) server.address();
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
        return new RawClient(socket);
    }

    static RawClient over(Socket connected) throws IOException {
        return new RawClient(connected);
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        // Sockets know no timeout of writes, so one that waits for the server too long loses its connection.
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                this::cut, CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        try {
            out.write(bytes);
            out.flush();
        } finally {
            late.cancel(false);
        }
        return this;
    }

    private void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next complete reply; with a body if it announces a length.
    Reply reply() throws IOException {
        return reply(false);
    }

    /// The next reply to a HEAD.
    Reply replyToHead() throws IOException {
        return reply(true);
    }

    private Reply reply(boolean headOnly) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended after: " + text);
            }
            head.write(octet);
            text = head.toString(StandardCharsets.ISO_8859_1);
        }
        Reply bare = new Reply(text.substring(0, text.length() - 4), "");
        String length = headOnly ? "" : bare.header("Content-Length");
        return length.isEmpty()
                ? bare
                : new Reply(
                        bare.head(), new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.ISO_8859_1));
    }

    /// All bytes until the server closes.
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// Whether the server has closed its side and sent nothing more.
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    /// Whether the server has closed the connection, by a reset or in order, and sent nothing more.
    boolean isCutOff() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    int firstByte() throws IOException {
        return in.read();
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// Resets the connection.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
