package dev.dray.acceptance.stage;

import dev.dray.model.Digest;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends the requests of a push exactly as in the specification, without retries or optimisations.
public final class PlainClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI root;

    public PlainClient(String host) {
        this.root = URI.create("http://" + host + "/v2/");
    }

    /// Opens an upload, and returns its address.
    public URI open(String repository) throws IOException, InterruptedException {
        HttpResponse<byte[]> reply =
                send(request(root.resolve(repository + "/blobs/uploads/")).POST(BodyPublishers.noBody()), 202);
        return root.resolve(reply.headers().firstValue("Location").orElseThrow());
    }

    /// Sends a blob in one PUT to an upload. Returns when it was acknowledged with 201.
    public void finish(URI upload, byte[] blob) throws IOException, InterruptedException {
        send(put(upload, blob), 201);
    }

    /// The reply to a blob in one PUT to an upload.
    public HttpResponse<byte[]> tryFinish(URI upload, byte[] blob) throws IOException, InterruptedException {
        return exchange(put(upload, blob).build());
    }

    private static HttpRequest.Builder put(URI upload, byte[] blob) {
        String separator = upload.getRawQuery() == null ? "?" : "&";
        return request(URI.create(upload + separator + "digest=" + Digest.sha256(blob)))
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(blob));
    }

    /// Sends a blob. Returns when it was acknowledged with 201.
    public void blob(String repository, byte[] blob) throws IOException, InterruptedException {
        finish(open(repository), blob);
    }

    /// Puts a manifest under a tag. Returns when it was acknowledged with 201.
    public void manifest(String repository, String tag, String mediaType, byte[] manifest)
            throws IOException, InterruptedException {
        send(
                request(root.resolve(repository + "/manifests/" + tag))
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(manifest)),
                201);
    }

    /// The bytes of an image's manifest, of either kind.
    public byte[] manifest(String repository, String tag) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(root.resolve(repository + "/manifests/" + tag))
                .header("Accept", MediaType.OCI_MANIFEST.value())
                .header("Accept", MediaType.DOCKER_MANIFEST.value());
        return send(request.GET(), 200).body();
    }

    /// The bytes below `/v2/` at `path`.
    public byte[] get(String path) throws IOException, InterruptedException {
        return send(request(root.resolve(path)).header("Accept", "*/*").GET(), 200)
                .body();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder builder, int expected)
            throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<byte[]> reply = exchange(request);
        if (reply.statusCode() != expected) {
            throw new AssertionError("%s %s was answered with %d: %s"
                    .formatted(
                            request.method(),
                            request.uri(),
                            reply.statusCode(),
                            new String(reply.body(), StandardCharsets.UTF_8)));
        }
        return reply;
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri);
    }

    /// Waits for the whole reply; the request's own timeout would cover only the reply's head.
    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> reply = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return reply.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            reply.cancel(true);
            throw new IOException(request.method() + " " + request.uri(), e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
