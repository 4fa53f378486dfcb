package dev.dray.client;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.Location;
import dev.dray.client.transport.RegistryException;
import dev.dray.client.transport.RequestBody;
import dev.dray.client.transport.ShortBodyException;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.ByteSize;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Brings one blob into a repository: by a mount from another repository if the registry grants it, otherwise by one
/// PUT with its length, on the session that the registry opened instead. A broken session is started anew a few times.
///
/// A Dray registry accepts a small blob with the first request, `POST ?digest=`; other registries answer that with 202
/// and drop the bytes, so the client never sends it to them.
final class BlobUpload {
    private static final long LARGEST_SINGLE_POST = ByteSize.ofMebibytes(16).bytes();

    private final RegistryHost host;
    private final RegistryHost.Call call;
    private final String uploads;
    private final Retry retry;
    private final TransferListener listener;

    /// @param times most restarts of a broken upload
    record Retry(int times, Duration backoff) {}

    /// @param repository the target
    BlobUpload(
            RegistryHost host,
            RegistryHost.Call call,
            RepositoryName repository,
            Retry retry,
            TransferListener listener) {
        this.host = host;
        this.call = call;
        this.uploads = repository + "/blobs/uploads/";
        this.retry = retry;
        this.listener = listener;
    }

    /// The result of the POST that opens an upload.
    private sealed interface Opened {
        record Finished(BlobFate fate) implements Opened {}

        record Session(Location location) implements Opened {}
    }

    BlobFate send(Descriptor blob, Content content, Optional<RepositoryName> from) {
        for (int attempt = 0; ; attempt++) {
            try {
                Opened opened =
                        attempt == 0 && from.isPresent() ? mount(blob, content, from.get()) : open(blob, content);
                return switch (opened) {
                    case Opened.Finished(BlobFate fate) -> fate;
                    case Opened.Session(Location location) -> put(location, blob, content);
                };
            } catch (ShortBodyException e) {
                throw Unreachable.of(e, host.name(), call.attempted());
            } catch (IOException e) {
                if (attempt >= retry.times() || Thread.currentThread().isInterrupted()) {
                    throw Unreachable.of(e, host.name(), call.attempted());
                }
            } catch (RegistryException e) {
                boolean sessionLost = e.status() == 404 && e.request().startsWith("PUT");
                if (attempt >= retry.times() || !(sessionLost || e.isTemporary())) {
                    throw explained(e, blob);
                }
            }
            pause(attempt);
        }
    }

    private Opened mount(Descriptor blob, Content content, RepositoryName from) throws IOException {
        HttpReply reply = host.send(post("?mount=" + blob.digest() + "&from=" + from), call);
        if (reply.status() == 201) {
            reply.close();
            return new Opened.Finished(new BlobFate.Linked(from));
        }
        if (reply.status() == 202) {
            return session(reply);
        }
        // Whatever a registry has against the source, the blob can still be sent.
        reply.close();
        return open(blob, content);
    }

    private Opened open(Descriptor blob, Content content) throws IOException {
        if (host.isDray() && blob.size() <= LARGEST_SINGLE_POST) {
            HttpReply reply = host.send(carrying(post("?digest=" + blob.digest()), blob, content), call);
            if (reply.status() == 201) {
                reply.close();
                return new Opened.Finished(new BlobFate.Uploaded());
            }
            return session(reply);
        }
        boolean hint = blob.digest().algorithm() != Digest.Algorithm.SHA256;
        String query = hint ? "?digest-algorithm=" + blob.digest().algorithm().label() : "";
        return session(host.send(post(query), call));
    }

    private HttpRequest post(String query) throws IOException {
        return HttpRequest.of("POST", host.address(uploads + query), call.meter());
    }

    private Opened session(HttpReply reply) throws IOException {
        try (HttpReply accepted = RegistryHost.expect(reply, call, 202)) {
            String location = accepted.header("Location")
                    .orElseThrow(() -> new DrayException(
                            DrayException.Kind.UNAVAILABLE,
                            "cannot %s: %s opened an upload without saying where"
                                    .formatted(call.attempted(), host.name())));
            return new Opened.Session(Location.resolve(accepted.request().uri(), location));
        }
    }

    private BlobFate put(Location session, Descriptor blob, Content content) throws IOException {
        URI address = session.with("digest", blob.digest().toString());
        HttpRequest request = HttpRequest.of("PUT", address, call.meter()).once();
        HttpReply reply = host.send(carrying(request, blob, content), call);
        try (HttpReply accepted = RegistryHost.expect(reply, call, 200, 201, 204)) {
            Optional<String> stored = accepted.header("Docker-Content-Digest");
            if (stored.isPresent() && !stored.get().equals(blob.digest().toString())) {
                throw new DrayException(
                        DrayException.Kind.CORRUPT,
                        "%s stored blob %s under another digest".formatted(host.name(), blob.digest()));
            }
        }
        return new BlobFate.Uploaded();
    }

    private HttpRequest carrying(HttpRequest request, Descriptor blob, Content content) {
        return request.with("Content-Type", "application/octet-stream").sending(new RequestBody() {
            @Override
            public long length() {
                return blob.size();
            }

            @Override
            public InputStream open() throws IOException {
                InputStream bytes = content.open(0);
                listener.advance(blob, 0);
                return new ProgressStream(bytes, blob, 0, listener);
            }
        });
    }

    private DrayException explained(RegistryException refused, Descriptor blob) {
        if (!refused.hasCode("DIGEST_INVALID")) {
            return refused;
        }
        return new DrayException(
                        DrayException.Kind.CORRUPT,
                        "%s says that the bytes sent for blob %s are not what its digest says"
                                .formatted(host.name(), blob.digest()),
                        refused)
                .advising("verify the image here before pushing it again");
    }

    private void pause(int attempt) {
        try {
            Thread.sleep(retry.backoff().multipliedBy(1L << Math.min(attempt, 10)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(DrayException.Kind.CANCELLED, call.attempted() + " was interrupted", e);
        }
    }
}
