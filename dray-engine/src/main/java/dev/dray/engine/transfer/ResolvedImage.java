package dev.dray.engine.transfer;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageGraph;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An image whose manifests were all read, into memory; its blobs are read from the source.
///
/// @param digest that names the root
public record ResolvedImage(ImageSource source, ImageGraph graph, Digest digest) implements ImageSource {
    /// All of an image.
    ///
    /// @throws DrayException of kind NOT_FOUND when the source lacks a manifest
    static ResolvedImage whole(ImageSource source, Manifest root, Digest digest) throws IOException {
        return new ResolvedImage(source, ImageGraph.read(source, root, digest), digest);
    }

    /// The part of an image that the source has: of an index, the images that are there with their blobs.
    public static ResolvedImage present(ImageSource source, Manifest root, Digest digest) throws IOException {
        ImageGraph graph = ImageGraph.readPresent(source, root, digest);
        Map<Digest, Manifest> manifests = new LinkedHashMap<>();
        for (Map.Entry<Digest, Manifest> entry : graph.manifests().entrySet()) {
            boolean needed = entry.getKey().equals(digest) || !(entry.getValue() instanceof Manifest.Image);
            if (needed || hasBlobs(source, (Manifest.Image) entry.getValue())) {
                manifests.put(entry.getKey(), entry.getValue());
            }
        }
        return new ResolvedImage(source, new ImageGraph(root, manifests), digest);
    }

    private static boolean hasBlobs(ImageSource source, Manifest.Image image) throws IOException {
        try {
            for (Descriptor blob : image.blobs()) {
                var _ = source.blob(blob);
            }
            return true;
        } catch (DrayException absent) {
            if (absent.kind() == DrayException.Kind.NOT_FOUND) {
                return false;
            }
            throw absent;
        }
    }

    public Manifest root() {
        return graph.root();
    }

    /// The children that the root index names and this image lacks, by platform or digest.
    public List<String> absent() {
        return root() instanceof Manifest.Index index
                ? index.manifests().stream()
                        .filter(child -> child.mediaType().isManifest()
                                && !graph.manifests().containsKey(child.digest()))
                        .map(child -> child.platform()
                                .map(Object::toString)
                                .orElse(child.digest().toString()))
                        .toList()
                : List.of();
    }

    @Override
    public Manifest manifest(ManifestSelector selector) throws IOException {
        Manifest known = selector instanceof ManifestSelector.ByDigest(Digest asked)
                ? graph.manifests().get(asked)
                : null;
        return known == null ? source.manifest(selector) : known;
    }

    @Override
    public Content blob(Descriptor descriptor) throws IOException {
        return source.blob(descriptor);
    }
}
