package dev.dray.benchmark.stage;

import dev.dray.model.RawBytes;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// An HTTP/1.1 client with minimal overhead, so that measurements reflect the server: one connection, blocking, on the
/// caller's platform thread. Not thread safe.
public final class HttpLoad implements Closeable {
    private static final int BUFFER = 1 << 18;

    private final int port;
    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    public HttpLoad(int port) throws IOException {
        this.port = port;
        this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Socket socket = channel.socket();
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.out = socket.getOutputStream();
    }

    /// @param headers by name in lower case
    /// @param body the bytes after the head, if kept
    public record Reply(int status, Map<String, String> headers, RawBytes body) {
        public String header(String name) {
            String value = headers.get(name.toLowerCase(Locale.ROOT));
            if (value == null) {
                throw new IllegalStateException("no header %s in a reply of status %d".formatted(name, status));
            }
            return value;
        }

        public Reply expect(int... wanted) {
            for (int one : wanted) {
                if (status == one) {
                    return this;
                }
            }
            throw new IllegalStateException("status %d: %s".formatted(status, body));
        }
    }

    public Reply send(String method, String target, String type, byte[] body) throws IOException {
        byte[] head = head(method, target, type, body.length);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        out.write(whole);
        return reply(method.equals("HEAD"), true);
    }

    public Reply send(String method, String target) throws IOException {
        return send(method, target, "", new byte[0]);
    }

    /// Sends a file, or the first bytes of it, as the body.
    public Reply sendFile(String method, String target, FileChannel file, long length) throws IOException {
        startFile(method, target, file, length, length);
        return reply(false, true);
    }

    /// Announces `length` bytes and sends only the first `sent` of them.
    public void startFile(String method, String target, FileChannel file, long length, long sent) throws IOException {
        out.write(head(method, target, "application/octet-stream", length));
        long position = 0;
        while (position < sent) {
            position += file.transferTo(position, Math.min(1 << 24, sent - position), channel);
        }
    }

    public Reply patch(String target, ByteBuffer chunk, long offset) throws IOException {
        int length = chunk.remaining();
        String head = "PATCH %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/octet-stream\r\n"
                        .formatted(target, port)
                + "Content-Range: %d-%d\r\nContent-Length: %d\r\n\r\n".formatted(offset, offset + length - 1, length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
        return reply(false, true);
    }

    /// Reads a body and discards it.
    public Reply drain(String target) throws IOException {
        out.write(head("GET", target, "", 0));
        return reply(false, false);
    }

    /// Requests a blob from an offset and returns when the first byte arrives; discards the rest.
    public void firstByte(String target, long from) throws IOException {
        String head = "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(target, port)
                + (from == 0 ? "" : "Range: bytes=%d-\r\n".formatted(from))
                + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        if (!status.contains(from == 0 ? " 200 " : " 206 ")) {
            throw new IOException(status);
        }
        while (!line().isEmpty()) {
            // no header is needed
        }
        if (in.read() < 0) {
            throw new IOException("the server closed the connection");
        }
    }

    private byte[] head(String method, String target, String type, long length) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        if (!type.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private Reply reply(boolean headOnly, boolean keep) throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status.split(" ", 3)[1]);
        boolean bodyless = headOnly || code == 204 || code == 304;
        long length = bodyless ? 0 : Long.parseLong(headers.getOrDefault("content-length", "0"));
        if (keep) {
            return new Reply(code, headers, RawBytes.copyOf(in.readNBytes((int) length)));
        }
        skip(length);
        return new Reply(code, headers, RawBytes.copyOf(new byte[0]));
    }

    private void skip(long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the server closed %d bytes before the end".formatted(left));
            }
            left -= read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server closed the connection");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /// The path and query of a `Location`, absolute or not, with `digest` added.
    public static String withDigest(String location, String digest) {
        String target = relative(location);
        return target + (target.indexOf('?') < 0 ? "?" : "&") + "digest=" + digest;
    }

    public static String relative(String location) {
        int scheme = location.indexOf("://");
        return scheme < 0 ? location : location.substring(location.indexOf('/', scheme + 3));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
