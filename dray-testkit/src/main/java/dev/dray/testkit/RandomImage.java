package dev.dray.testkit;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;

/// A small valid in-memory image, generated from a seed: real tar layers, compressed, with a config that lists their
/// diffIDs.
///
/// The same seed gives the same bytes on the same JDK. Immutable; a source in which every tag is this image.
public final class RandomImage implements ImageSource {
    private final Manifest.Image manifest;
    private final Map<Digest, RawBytes> blobs;

    private RandomImage(Manifest.Image manifest, Map<Digest, RawBytes> blobs) {
        this.manifest = manifest;
        this.blobs = Map.copyOf(blobs);
    }

    /// An image of `layers` layers with about `layerBytes` of incompressible content each.
    public static RandomImage of(long seed, int layers, int layerBytes) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Layer> made = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            made.add(Layer.random(random, i, layerBytes));
        }
        return of(made, seed);
    }

    /// An image over given layers whose config differs by `salt`.
    public static RandomImage of(List<Layer> layers, long salt) {
        RawBytes config = Json.write(JsonValue.object()
                .put("architecture", "amd64")
                .put("os", "linux")
                .put("created", "2023-11-14T22:13:20Z")
                .put(
                        "config",
                        JsonValue.object()
                                .put("Env", JsonValue.strings(List.of("SALT=" + salt)))
                                .build())
                .put(
                        "rootfs",
                        JsonValue.object()
                                .put("type", "layers")
                                .put(
                                        "diff_ids",
                                        JsonValue.strings(layers.stream()
                                                .map(layer -> layer.diffId().toString())
                                                .toList()))
                                .build())
                .build());
        Map<Digest, RawBytes> blobs = new LinkedHashMap<>();
        blobs.put(config.sha256(), config);
        layers.forEach(layer -> blobs.put(layer.blob().sha256(), layer.blob()));
        Manifest.Image manifest = Manifest.Image.of(
                MediaType.OCI_MANIFEST,
                Descriptor.of(MediaType.OCI_CONFIG, config),
                layers.stream()
                        .map(layer -> Descriptor.of(MediaType.OCI_LAYER_GZIP, layer.blob()))
                        .toList());
        return new RandomImage(manifest, blobs);
    }

    /// A layer: its compressed blob, and the digest of its tar.
    public record Layer(RawBytes blob, Digest diffId) {
        /// A layer of one folder with one file of `bytes` random bytes.
        public static Layer random(RandomGenerator random, int number, int bytes) {
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            try {
                byte[] tar = new TarBytes()
                        .folder("layer-" + number + "/")
                        .file("layer-" + number + "/content", content)
                        .toByteArray();
                ByteArrayOutputStream blob = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(blob)) {
                    gzip.write(tar);
                }
                return new Layer(RawBytes.copyOf(blob.toByteArray()), Digest.sha256(tar));
            } catch (IOException e) {
                throw new IllegalStateException("memory does not fail", e);
            }
        }
    }

    public Manifest.Image manifest() {
        return manifest;
    }

    /// The bytes of one of the image's blobs.
    public RawBytes blob(Digest digest) {
        RawBytes bytes = blobs.get(digest);
        if (bytes == null) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "blob " + digest + " is not in this image");
        }
        return bytes;
    }

    @Override
    public Manifest manifest(ManifestSelector selector) {
        if (selector instanceof ManifestSelector.ByDigest(Digest digest)
                && !digest.equals(manifest.raw().digest(digest.algorithm()))) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "manifest " + digest + " is not in this image");
        }
        return manifest;
    }

    @Override
    public Content blob(Descriptor descriptor) {
        return Content.of(blob(descriptor.digest()), descriptor.digest());
    }
}
