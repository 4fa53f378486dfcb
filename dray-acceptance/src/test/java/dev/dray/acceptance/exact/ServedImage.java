package dev.dray.acceptance.exact;

import dev.dray.acceptance.stage.PlainClient;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An image as served by a registry, with every byte fetched and hashed.
///
/// @param manifest its digest
/// @param layers digests of its layers' blobs, lowest first
record ServedImage(Digest manifest, List<Digest> layers) {
    /// Fetches an image with its blobs, and fails when a digest does not match.
    static ServedImage fetch(String host, String repository, String tag) throws IOException, InterruptedException {
        try (PlainClient client = new PlainClient(host)) {
            RawBytes raw = RawBytes.copyOf(client.manifest(repository, tag));
            Manifest.Image image = (Manifest.Image) Manifest.parse(Manifest.typeOf(raw), raw);
            List<Digest> layers = new ArrayList<>();
            for (var layer : image.layers()) {
                Digest served = Digest.sha256(client.get(repository + "/blobs/" + layer.digest()));
                if (!served.equals(layer.digest())) {
                    throw new AssertionError("%s is served as %s".formatted(layer.digest(), served));
                }
                layers.add(layer.digest());
            }
            return new ServedImage(raw.sha256(), layers);
        }
    }
}
