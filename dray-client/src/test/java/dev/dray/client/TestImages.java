package dev.dray.client;

import dev.dray.client.push.PushImage;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.image.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Small in-memory images, and their source.
final class TestImages implements ImageSource {
    private final Map<Digest, RawBytes> blobs = new LinkedHashMap<>();
    private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();

    /// An image whose layers hold these words.
    Manifest.Image image(String config, String... layers) {
        Descriptor configBlob = add(MediaType.OCI_CONFIG, "{\"config\":\"" + config + "\"}");
        List<Descriptor> layerBlobs = Stream.of(layers)
                .map(layer -> add(MediaType.OCI_LAYER_GZIP, layer))
                .toList();
        return (Manifest.Image) keep(Manifest.Image.of(MediaType.OCI_MANIFEST, configBlob, layerBlobs));
    }

    Manifest.Index index(Manifest... children) {
        List<Descriptor> entries = new ArrayList<>();
        for (Manifest child : children) {
            Platform platform = new Platform("linux", "cpu" + entries.size(), Optional.empty());
            entries.add(new Descriptor(
                    child.mediaType(),
                    child.raw().sha256(),
                    child.raw().size(),
                    Optional.of(platform),
                    Optional.empty(),
                    Map.of(),
                    List.of()));
        }
        return (Manifest.Index) keep(Manifest.Index.of(entries));
    }

    PushImage tagged(Manifest root, String... tags) {
        return new PushImage(root, this, Stream.of(tags).map(Tag::new).collect(Collectors.toSet()));
    }

    /// Drops the bytes of a blob.
    void drop(Digest digest) {
        blobs.remove(digest);
    }

    Set<Digest> blobDigests() {
        return Set.copyOf(blobs.keySet());
    }

    RawBytes bytes(Digest digest) {
        return Optional.ofNullable(blobs.get(digest)).orElseThrow();
    }

    /// A blob that holds this text.
    Descriptor descriptor(String text) {
        return add(MediaType.OCI_LAYER_GZIP, text);
    }

    Content content(String text) {
        return blob(descriptor(text));
    }

    private Descriptor add(MediaType type, String text) {
        RawBytes raw = RawBytes.utf8(text);
        blobs.put(raw.sha256(), raw);
        return Descriptor.of(type, raw.sha256(), raw.size());
    }

    private Manifest keep(Manifest manifest) {
        manifests.put(manifest.raw().sha256(), manifest);
        return manifest;
    }

    @Override
    public Manifest manifest(ManifestSelector selector) {
        return switch (selector) {
            case ManifestSelector.ByDigest(Digest digest) ->
                Optional.ofNullable(manifests.get(digest)).orElseThrow(() -> notFound(digest));
            case ManifestSelector.ByTag(Tag tag) -> throw notFound(tag);
        };
    }

    @Override
    public Content blob(Descriptor descriptor) {
        RawBytes raw =
                Optional.ofNullable(blobs.get(descriptor.digest())).orElseThrow(() -> notFound(descriptor.digest()));
        return Content.of(raw, descriptor.digest());
    }

    private static DrayException notFound(Object what) {
        return new DrayException(DrayException.Kind.NOT_FOUND, what + " is not here");
    }
}
