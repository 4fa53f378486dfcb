package dev.dray.client.push;

import dev.dray.model.Content;
import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.ImageSource;
import dev.dray.model.Manifest;
import dev.dray.model.ManifestSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything below one root: its manifests, children before those that name them, and its distinct blobs.
///
/// Compared by identity; not changed once it is walked.
final class ImageGraph {
    private static final int DEEPEST = 8;
    private static final int MOST_MANIFESTS = 10_000;

    private final PushImage image;
    private final Digest root;
    private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();
    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();

    private ImageGraph(PushImage image) {
        this.image = image;
        this.root = image.root().raw().sha256();
    }

    /// A blob of the graph.
    ///
    /// @param content empty when the caller does not hold it
    /// @param config true when an image names it as its config
    record Blob(Descriptor descriptor, Optional<Content> content, boolean config) {}

    static ImageGraph walk(PushImage image) throws IOException {
        ImageGraph graph = new ImageGraph(image);
        graph.add(image.root(), graph.root, 0);
        return graph;
    }

    PushImage image() {
        return image;
    }

    Digest root() {
        return root;
    }

    /// By digest, children before those that name them.
    Map<Digest, Manifest> manifests() {
        return Collections.unmodifiableMap(manifests);
    }

    /// By digest, in the order of the manifests.
    Map<Digest, Blob> blobs() {
        return Collections.unmodifiableMap(blobs);
    }

    /// The manifests below the root, children first.
    List<Map.Entry<Digest, Manifest>> children() {
        return manifests.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(root))
                .toList();
    }

    private void add(Manifest manifest, Digest digest, int depth) throws IOException {
        if (manifests.containsKey(digest)) {
            return;
        }
        if (depth > DEEPEST || manifests.size() >= MOST_MANIFESTS) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE,
                    "image %s nests indexes deeper than %d or has more than %d manifests"
                            .formatted(root, DEEPEST, MOST_MANIFESTS));
        }
        switch (manifest) {
            case Manifest.Image leaf -> addBlobs(leaf);
            case Manifest.Index index -> {
                for (Descriptor child : index.manifests()) {
                    add(image.source().manifest(ManifestSelector.of(child.digest())), child.digest(), depth + 1);
                }
            }
        }
        manifests.put(digest, manifest);
    }

    private void addBlobs(Manifest.Image leaf) throws IOException {
        for (Descriptor descriptor : leaf.blobs()) {
            if (!blobs.containsKey(descriptor.digest()) && !isLeftOut(descriptor)) {
                boolean config = descriptor.digest().equals(leaf.config().digest());
                blobs.put(descriptor.digest(), new Blob(descriptor, content(image.source(), descriptor), config));
            }
        }
    }

    /// A layer that may not be pushed and says where else it is.
    private static boolean isLeftOut(Descriptor descriptor) {
        return descriptor.mediaType().isNonDistributable() && !descriptor.urls().isEmpty();
    }

    private static Optional<Content> content(ImageSource source, Descriptor descriptor) throws IOException {
        try {
            return Optional.of(source.blob(descriptor));
        } catch (DrayException e) {
            if (e.kind() == DrayException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The blobs that a manifest names, those of its children left out.
    static List<Descriptor> named(Manifest manifest) {
        return switch (manifest) {
            case Manifest.Image leaf -> leaf.blobs();
            case Manifest.Index index -> new ArrayList<>(index.manifests());
        };
    }
}
