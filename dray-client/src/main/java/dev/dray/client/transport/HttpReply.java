package dev.dray.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The reply to a request: its head, and its body as a stream. The receiver closes it; closing before the end of the
/// body drops the connection.
public final class HttpReply implements Closeable {
    private final HttpRequest request;
    private final int status;
    private final Map<String, List<String>> headers;
    private final InputStream body;
    private final Closeable connection;

    /// @param headers by name in lower case
    HttpReply(
            HttpRequest request,
            int status,
            Map<String, List<String>> headers,
            InputStream body,
            Closeable connection) {
        this.request = request;
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.connection = connection;
    }

    /// The answered request, after redirects.
    public HttpRequest request() {
        return request;
    }

    public int status() {
        return status;
    }

    /// The first header of that name.
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// The length of the body, if the reply names a plausible one.
    public Optional<Long> length() {
        return header("Content-Length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    public InputStream body() {
        return body;
    }

    /// Reads at most `most` bytes of the body, plus one that shows that there are more.
    public byte[] read(int most) throws IOException {
        return body.readNBytes(most + 1);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
