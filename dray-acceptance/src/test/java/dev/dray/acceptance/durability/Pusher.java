package dev.dray.acceptance.durability;

import dev.dray.acceptance.stage.PlainClient;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Pushes random blobs, and occasionally a manifest over the last ones, until the registry is gone. Records only
/// acknowledged content.
final class Pusher implements Runnable {
    private static final int SMALLEST = 17 * 1024;
    private static final int SPREAD = 600 * 1024;

    private final String host;
    private final String repository;
    private final Random random;
    private final Acknowledged acknowledged;
    private volatile boolean inFlight;
    private volatile @Nullable AssertionError refusal;

    Pusher(String host, String repository, long seed, Acknowledged acknowledged) {
        this.host = host;
        this.repository = repository;
        this.random = new Random(seed);
        this.acknowledged = acknowledged;
    }

    /// Whether a blob's upload was opened and not yet acknowledged; once the registry is gone, whether that was so
    /// at that moment.
    boolean isInFlight() {
        return inFlight;
    }

    /// The registry's answer in place of an acknowledgement, before it was gone.
    Optional<AssertionError> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public void run() {
        try (PlainClient client = new PlainClient(host)) {
            for (int round = 0; true; round++) {
                Descriptor layer = push(client, SMALLEST + random.nextInt(SPREAD), MediaType.OCI_LAYER);
                if (round % 3 == 2) {
                    Descriptor config = push(client, SMALLEST, MediaType.OCI_CONFIG);
                    manifest(client, "t" + round, config, layer);
                }
            }
        } catch (IOException killed) {
            // the registry is gone, as the test wants it
        } catch (AssertionError answered) {
            refusal = answered;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Descriptor push(PlainClient client, int size, MediaType type) throws IOException, InterruptedException {
        byte[] blob = new byte[size];
        random.nextBytes(blob);
        Digest digest = Digest.sha256(blob);
        URI upload = client.open(repository);
        inFlight = true;
        client.finish(upload, blob);
        acknowledged.blob(repository, digest);
        inFlight = false;
        return Descriptor.of(type, digest, size);
    }

    private void manifest(PlainClient client, String tag, Descriptor config, Descriptor layer)
            throws IOException, InterruptedException {
        byte[] manifest = Json.write(JsonValue.object()
                        .put("schemaVersion", 2)
                        .put("mediaType", MediaType.OCI_MANIFEST.value())
                        .put("config", config.toJson())
                        .put("layers", JsonValue.array(List.of(layer.toJson())))
                        .build())
                .toByteArray();
        client.manifest(repository, tag, MediaType.OCI_MANIFEST.value(), manifest);
        acknowledged.manifest(repository, tag, Digest.sha256(manifest));
    }
}
