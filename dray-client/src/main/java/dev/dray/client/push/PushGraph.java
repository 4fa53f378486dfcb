package dev.dray.client.push;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageGraph;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The content of one image to push: its manifests, and its distinct blobs with the content that the caller holds.
///
/// Compared by identity; immutable after the walk.
final class PushGraph {
    private final PushImage image;
    private final Digest root;
    private final ImageGraph graph;
    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();

    private PushGraph(PushImage image) throws IOException {
        this.image = image;
        this.root = image.root().raw().sha256();
        this.graph = ImageGraph.read(image.source(), image.root(), root);
    }

    /// A blob of the graph.
    ///
    /// @param content empty when the caller does not hold it
    /// @param config true when an image names it as its config
    record Blob(Descriptor descriptor, Optional<Content> content, boolean config) {}

    static PushGraph walk(PushImage image) throws IOException {
        PushGraph walked = new PushGraph(image);
        for (Manifest manifest : walked.manifests().values()) {
            if (manifest instanceof Manifest.Image leaf) {
                walked.addBlobs(leaf);
            }
        }
        return walked;
    }

    PushImage image() {
        return image;
    }

    Digest root() {
        return root;
    }

    /// By digest, children before their parents.
    Map<Digest, Manifest> manifests() {
        return graph.manifests();
    }

    /// By digest, in the order of the manifests.
    Map<Digest, Blob> blobs() {
        return Collections.unmodifiableMap(blobs);
    }

    /// True when the caller holds everything that the registry is to have: every blob, and every manifest that an index
    /// names, under whatever type.
    boolean isHeld() {
        return blobs.values().stream().allMatch(blob -> blob.content().isPresent())
                && manifests().values().stream().allMatch(this::isFollowed);
    }

    private boolean isFollowed(Manifest manifest) {
        return !(manifest instanceof Manifest.Index index)
                || index.manifests().stream().allMatch(child -> manifests().containsKey(child.digest()));
    }

    private void addBlobs(Manifest.Image leaf) throws IOException {
        for (Descriptor descriptor : leaf.blobs()) {
            if (!blobs.containsKey(descriptor.digest()) && !descriptor.mayBeAbsent()) {
                boolean config = descriptor.digest().equals(leaf.config().digest());
                blobs.put(descriptor.digest(), new Blob(descriptor, content(image.source(), descriptor), config));
            }
        }
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
