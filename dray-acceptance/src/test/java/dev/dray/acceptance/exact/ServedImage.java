package dev.dray.acceptance.exact;

import dev.dray.acceptance.stage.PlainClient;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An image as a registry serves it: every byte of it was fetched and hashed.
///
/// @param manifest its digest
/// @param layers digests of the blobs of its layers, lowest first
record ServedImage(Digest manifest, List<Digest> layers) {
    /// Fetches an image with its blobs, and fails when one of them has not its digest.
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
