package dev.dray.registry.http;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Sends requests to a registry as a given caller.
///
/// @param headers name, value, name, value
public record Calls(URI registry, List<String> headers) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static Calls to(URI registry) {
        return new Calls(registry, List.of());
    }

    public Calls as(String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return with("Authorization", "Basic " + pair);
    }

    public Calls with(String name, String value) {
        return new Calls(
                registry,
                Stream.concat(headers.stream(), Stream.of(name, value)).toList());
    }

    public Reply get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Reply head(String path) {
        return send("HEAD", path, BodyPublishers.noBody());
    }

    public Reply delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Reply post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    public Reply post(String path, RawBytes body) {
        return send("POST", path, BodyPublishers.ofByteArray(body.toByteArray()));
    }

    public Reply put(String path) {
        return send("PUT", path, BodyPublishers.noBody());
    }

    public Reply put(String path, RawBytes body) {
        return send("PUT", path, BodyPublishers.ofByteArray(body.toByteArray()));
    }

    public Reply patch(String path, RawBytes body) {
        return send("PATCH", path, BodyPublishers.ofByteArray(body.toByteArray()));
    }

    /// Sends a body without announcing its length.
    public Reply patchStreamed(String path, RawBytes body) {
        return send("PATCH", path, BodyPublishers.ofInputStream(body::stream));
    }

    public Reply patchChunk(String path, RawBytes chunk, long first) {
        return with("Content-Range", first + "-" + (first + chunk.size() - 1)).patch(path, chunk);
    }

    public Reply putManifest(String repository, String reference, MediaType type, RawBytes raw) {
        return with("Content-Type", type.value()).put(manifest(repository, reference), raw);
    }

    /// Starts an upload and returns its address.
    public String startUpload(String repository) {
        return post(uploads(repository)).expect(202).location();
    }

    /// Uploads a blob by POST and PUT.
    public Digest push(String repository, RawBytes blob) {
        return push(repository, blob, blob.sha256());
    }

    public Digest push(String repository, RawBytes blob, Digest digest) {
        put(withDigest(startUpload(repository), digest.toString()), blob).expect(201);
        return digest;
    }

    public static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    public static String blob(String repository, Object digest) {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    public static String manifest(String repository, Object reference) {
        return "/v2/" + repository + "/manifests/" + reference;
    }

    public static String withDigest(String location, Object digest) {
        return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
    }

    public Reply send(String method, String path, BodyPublisher body) {
        return send(request(method, path, body).build());
    }

    public HttpRequest.Builder request(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(registry.resolve(path)).method(method, body);
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return request;
    }

    /// Sends a request and waits for the whole reply; the request's own timeout would cover only the reply's head.
    public static Reply send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> reply = CLIENT.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return new Reply(reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            reply.cancel(true);
            throw new UncheckedIOException(new IOException(request.method() + " " + request.uri(), e));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
