package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.layer.Proof;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One engine's random work on a store of layers, and what it must find there at every moment: the images that it has
/// taken and not removed, each with one layer.
///
/// Layers come from a pool in which they share most of their contents, and are kept as recipes.
final class LayerWorkload {
    static final int POOL = 12;
    private static final int MOST_IMAGES = 4;

    private final Store store;
    private final Random random;
    private final RepositoryName own;
    private final List<Digest> images = new ArrayList<>();
    private int dropped;

    LayerWorkload(Store store, long seed, RepositoryName own) {
        this.store = store;
        this.random = new Random(seed);
        this.own = own;
    }

    static byte[] pooled(int number) {
        byte[] tar = LayerSamples.tar(number % 2, 10 + number);
        return number % 3 == 0 ? tar : LayerSamples.gzip(tar);
    }

    /// Files that were dropped for a recipe.
    int dropped() {
        return dropped;
    }

    /// Images that must be there now.
    int count() {
        return images.size();
    }

    void step() throws IOException {
        switch (random.nextInt(4)) {
            case 0, 1 -> take(pooled(random.nextInt(POOL)));
            case 2 -> removeOne();
            default -> checkAll();
        }
        if (images.size() > MOST_IMAGES) {
            removeOne();
        }
    }

    private void take(byte[] bytes) throws IOException {
        Digest digest = Digest.sha256(bytes);
        try (Lease lease = store.lease()) {
            lease.cover(List.of(digest));
            if (random.nextBoolean()) {
                LayerSamples.split(store, bytes);
            }
            try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
                staged.write(ByteBuffer.wrap(bytes));
                store.blobs()
                        .publish(
                                staged.finish(),
                                tx -> tx.repository(own).links().add(digest));
            }
            if (store.layers().prove(digest) instanceof Proof.Exact
                    && store.layers().dropFile(digest)) {
                dropped++;
            }
            Manifest manifest = manifest(digest);
            store.catalog()
                    .change(tx ->
                            tx.repository(own).manifests().put(manifest.raw().sha256(), manifest));
        }
        images.remove(digest);
        images.add(digest);
    }

    private static Manifest manifest(Digest blob) {
        return Samples.image(blob, List.of(blob));
    }

    private void removeOne() {
        if (!images.isEmpty()) {
            Digest blob = images.remove(random.nextInt(images.size()));
            Digest manifest = manifest(blob).raw().sha256();
            store.catalog().change(tx -> tx.repository(own).manifests().delete(manifest));
        }
    }

    void removeAll() {
        while (!images.isEmpty()) {
            removeOne();
        }
    }

    /// Looks whether every image's layer comes back.
    void checkAll() throws IOException {
        checkAll(store);
    }

    /// [#checkAll()] in a copy of the store.
    void checkAll(Store copy) throws IOException {
        for (Digest blob : images) {
            Blob found = copy.blobs().find(own, blob).orElseThrow(() -> new AssertionError("lost: " + blob));
            if (!Digest.sha256(Samples.read(found)).equals(blob)) {
                throw new AssertionError("wrong bytes: " + blob);
            }
        }
    }
}
