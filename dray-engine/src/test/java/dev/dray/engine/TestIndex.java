package dev.dray.engine;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.image.Platform;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import dev.dray.testkit.RandomImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An index of images in memory, one for each platform.
record TestIndex(Manifest.Index manifest, Map<Platform, RandomImage> images) implements ImageSource {
    static TestIndex of(Map<String, RandomImage> byPlatform) {
        Map<Platform, RandomImage> images = new LinkedHashMap<>();
        byPlatform.forEach((platform, image) -> images.put(Platform.parse(platform), image));
        List<JsonValue> children = new ArrayList<>();
        images.forEach((platform, image) -> children.add(child(platform, image)));
        JsonObject index = JsonValue.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.OCI_INDEX.value())
                .put("manifests", JsonValue.array(children))
                .build();
        return new TestIndex((Manifest.Index) Manifest.parse(MediaType.OCI_INDEX, Json.write(index)), images);
    }

    private static JsonValue child(Platform platform, RandomImage image) {
        JsonObject named = JsonValue.object()
                .put("os", platform.os())
                .put("architecture", platform.architecture())
                .build();
        return JsonValue.object()
                .put("mediaType", MediaType.OCI_MANIFEST.value())
                .put("digest", image.manifest().raw().sha256().toString())
                .put("size", image.manifest().raw().size())
                .put("platform", named)
                .build();
    }

    RandomImage image(String platform) {
        return images.getOrDefault(Platform.parse(platform), RandomImage.of(0, 0, 0));
    }

    @Override
    public Manifest manifest(ManifestSelector selector) {
        if (selector instanceof ManifestSelector.ByDigest(Digest digest)
                && !digest.equals(manifest.raw().sha256())) {
            return images.values().stream()
                    .map(RandomImage::manifest)
                    .filter(child -> child.raw().sha256().equals(digest))
                    .findFirst()
                    .orElseThrow();
        }
        return manifest;
    }

    @Override
    public Content blob(Descriptor descriptor) {
        for (RandomImage image : images.values()) {
            if (image.manifest().blobs().stream().anyMatch(blob -> blob.digest().equals(descriptor.digest()))) {
                return image.blob(descriptor);
            }
        }
        throw new DrayException(DrayException.Kind.NOT_FOUND, "blob " + descriptor.digest());
    }
}
