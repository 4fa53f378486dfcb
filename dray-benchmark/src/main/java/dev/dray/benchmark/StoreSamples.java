package dev.dray.benchmark;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.store.Store;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/// Blobs and manifests that measurements put into stores.
final class StoreSamples {
    static final RepositoryName APP = RepositoryName.parse("team-a/app");

    private static final int SMALL = 64;

    private StoreSamples() {}

    static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// Publishes `content` and links it in `repository`.
    static Digest publish(Store store, RepositoryName repository, byte[] content) {
        Digest digest = Digest.sha256(content);
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(ByteBuffer.wrap(content));
            if (!(staged.finish(digest) instanceof FinishOutcome.Complete(FinishedBlob blob))) {
                throw new IllegalStateException(digest + " is not what was staged");
            }
            store.blobs()
                    .publish(
                            blob,
                            transaction ->
                                    transaction.repository(repository).links().add(digest));
        }
        return digest;
    }

    /// An image of blobs of 64 bytes, whose bytes need not be there.
    static Manifest image(Digest config, List<Digest> layers) {
        return Manifest.Image.of(
                MediaType.OCI_MANIFEST,
                Descriptor.of(MediaType.OCI_CONFIG, config, SMALL),
                layers.stream()
                        .map(layer -> Descriptor.of(MediaType.OCI_LAYER_GZIP, layer, SMALL))
                        .toList());
    }
}
