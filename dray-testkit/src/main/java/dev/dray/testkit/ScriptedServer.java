package dev.dray.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// An HTTP server that answers requests by a script, step by step, whatever they request; a step can break the
/// connection. Requests after the last step get 500. Thread safe.
public final class ScriptedServer implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket socket;
    private final ConcurrentLinkedQueue<Step> script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /// The server's action on one request.
    public sealed interface Step {
        /// Sends a reply.
        record Reply(int status, Map<String, String> headers, String body) implements Step {
            public Reply {
                headers = Map.copyOf(headers);
            }

            public Reply with(String header, String value) {
                Map<String, String> more = new LinkedHashMap<>(headers);
                more.put(header, value);
                return new Reply(status, more, body);
            }
        }

        /// Sends a head that announces the whole body, then only `bytes` bytes of it, and closes.
        record CutOff(Reply reply, int bytes) implements Step {}

        /// Closes the connection without an answer, as one that was idle for too long.
        record Close() implements Step {}

        /// Resets the connection without an answer.
        record Reset() implements Step {}
    }

    /// A received request.
    ///
    /// @param headers by name in lower case
    public record Request(String method, String target, Map<String, String> headers, String body) {
        public Request {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        public String line() {
            return method + " " + target;
        }
    }

    private ScriptedServer(ServerSocket socket, List<Step> script) {
        this.socket = socket;
        this.script = new ConcurrentLinkedQueue<>(script);
    }

    public static ScriptedServer start(Step... script) throws IOException {
        ScriptedServer server =
                new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(script));
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    public static Step.Reply reply(int status, String body) {
        return new Step.Reply(status, Map.of(), body);
    }

    /// Appends steps to the script, for steps that contain the server's own address.
    public void then(Step... more) {
        script.addAll(List.of(more));
    }

    /// `127.0.0.1:port`.
    public String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (true) {
                in.mark(1);
                if (in.read() == TLS_HANDSHAKE) {
                    return;
                }
                in.reset();
                Request request = read(in);
                if (request == null) {
                    return;
                }
                requests.add(request);
                Step step = script.poll();
                if (!answer(step == null ? reply(500, "the script is over") : step, request, connection)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        String[] words = first.split(" ", -1);
        return new Request(words[0], words[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /// @return false when the connection has ended
    private static boolean answer(Step step, Request request, Socket connection) throws IOException {
        return switch (step) {
            case Step.Reply reply -> {
                send(reply, Integer.MAX_VALUE, request, connection.getOutputStream());
                yield true;
            }
            case Step.CutOff(Step.Reply reply, int bytes) -> {
                send(reply, bytes, request, connection.getOutputStream());
                yield false;
            }
            case Step.Close() -> false;
            case Step.Reset() -> {
                connection.setSoLinger(true, 0);
                yield false;
            }
        };
    }

    private static void send(Step.Reply reply, int most, Request request, OutputStream out) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Scripted\r\n");
        reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (!reply.headers().containsKey("Content-Length")) {
            head.append("Content-Length: " + body.length + "\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!request.method().equals("HEAD")) {
            out.write(body, 0, Math.min(most, body.length));
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
