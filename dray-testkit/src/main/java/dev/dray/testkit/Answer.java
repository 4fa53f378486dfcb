package dev.dray.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A request of a test, and the reply being built.
record Answer(HttpExchange exchange) {
    String method() {
        return exchange.getRequestMethod();
    }

    boolean isReading() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /// The first query parameter of that name.
    Optional<String> query(String name) {
        return queries(name).stream().findFirst();
    }

    List<String> queries(String name) {
        List<String> found = new ArrayList<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
                found.add(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    Optional<String> requestHeader(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    byte[] body() throws IOException {
        return exchange.getRequestBody().readAllBytes();
    }

    void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    void send(int status, String text) throws IOException {
        var _ = body();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean empty = method().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /// Sends the bytes, or the range that a `Range: bytes=n-` selects; to HEAD only their length.
    void content(RawBytes raw) throws IOException {
        byte[] bytes = raw.toByteArray();
        if (method().equals("HEAD")) {
            header("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        int from = requestHeader("Range")
                .map(range -> Integer.parseInt(range.substring("bytes=".length(), range.length() - 1)))
                .orElse(0);
        if (from > 0) {
            header("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length == 0 ? -1 : bytes.length - from);
        exchange.getResponseBody().write(bytes, from, bytes.length - from);
    }

    void error(int status, String code, String message, String detail) throws IOException {
        header("Content-Type", "application/json");
        send(status, "{\"errors\":[" + entry(code, message, detail) + "]}");
    }

    void errors(int status, String code, String message, List<Digest> details) throws IOException {
        header("Content-Type", "application/json");
        send(
                status,
                details.stream()
                        .map(digest -> entry(code, message, digest.toString()))
                        .collect(Collectors.joining(",", "{\"errors\":[", "]}")));
    }

    private static String entry(String code, String message, String detail) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"detail\":\"" + detail.replace('"', '\'')
                + "\"}";
    }
}
