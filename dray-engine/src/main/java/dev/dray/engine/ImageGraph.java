package dev.dray.engine;

import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.ImageSource;
import dev.dray.model.Manifest;
import dev.dray.model.ManifestSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An image with everything below it: manifests, children before their parents, and the distinct blobs they name.
///
/// @param root the manifest that a tag is put on
/// @param manifests by the digest that names each, the root last
record ImageGraph(Manifest root, Map<Digest, Manifest> manifests) {
    private static final int DEEPEST = 8;
    private static final int MOST_MANIFESTS = 10_000;

    /// Reads the graph from a source.
    ///
    /// @param rootDigest the digest that names the root
    /// @param skipAbsent whether children of an index that the source lacks are left out
    static ImageGraph read(ImageSource source, Manifest root, Digest rootDigest, boolean skipAbsent)
            throws IOException {
        Map<Digest, Manifest> manifests = new LinkedHashMap<>();
        collect(source, root, rootDigest, skipAbsent, 0, manifests);
        return new ImageGraph(root, manifests);
    }

    private static void collect(
            ImageSource source,
            Manifest manifest,
            Digest digest,
            boolean skipAbsent,
            int depth,
            Map<Digest, Manifest> into)
            throws IOException {
        if (depth > DEEPEST || into.size() > MOST_MANIFESTS) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE,
                    "index %s nests deeper than %d or names more than %d manifests"
                            .formatted(digest, DEEPEST, MOST_MANIFESTS));
        }
        if (manifest instanceof Manifest.Index index) {
            for (Descriptor child : index.manifests()) {
                if (child.mediaType().isManifest() && !into.containsKey(child.digest())) {
                    child(source, child, skipAbsent, depth, into);
                }
            }
        }
        into.put(digest, manifest);
    }

    private static void child(
            ImageSource source, Descriptor child, boolean skipAbsent, int depth, Map<Digest, Manifest> into)
            throws IOException {
        try {
            Manifest manifest = source.manifest(ManifestSelector.of(child.digest()));
            collect(source, manifest, child.digest(), skipAbsent, depth + 1, into);
        } catch (DrayException absent) {
            if (!skipAbsent || absent.kind() != DrayException.Kind.NOT_FOUND) {
                throw absent;
            }
        }
    }

    /// The blobs, each once, in the order in which the manifests name them.
    Collection<Descriptor> blobs() {
        Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
        for (Manifest manifest : manifests.values()) {
            if (manifest instanceof Manifest.Image image) {
                List<Descriptor> layersFirst = new ArrayList<>(image.layers());
                layersFirst.add(image.config());
                layersFirst.forEach(blob -> blobs.putIfAbsent(blob.digest(), blob));
            }
        }
        return blobs.values();
    }
}
