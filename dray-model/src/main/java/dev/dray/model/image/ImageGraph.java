package dev.dray.model.image;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An image with everything below it: manifests, children before their parents, and their distinct blobs.
///
/// @param root the manifest that a tag points at
/// @param manifests by digest, the root last
public record ImageGraph(Manifest root, Map<Digest, Manifest> manifests) {
    private static final int DEEPEST = 8;
    private static final int MOST_MANIFESTS = 10_000;

    public ImageGraph {
        manifests = Collections.unmodifiableMap(new LinkedHashMap<>(manifests));
    }

    /// Reads the graph from a source. Does not follow children of an index whose type is not a manifest's.
    ///
    /// @param rootDigest the digest of the root
    /// @throws DrayException of kind NOT_FOUND when the source lacks a child, TOO_LARGE when indexes nest deeper
    ///     than 8 or there are more than 10,000 manifests
    public static ImageGraph read(ImageSource source, Manifest root, Digest rootDigest) throws IOException {
        return new Walk(source, false).from(root, rootDigest);
    }

    /// [#read], but omits children that the source lacks.
    public static ImageGraph readPresent(ImageSource source, Manifest root, Digest rootDigest) throws IOException {
        return new Walk(source, true).from(root, rootDigest);
    }

    /// The blobs, each once, in the order of the manifests: layers before their config.
    public Collection<Descriptor> blobs() {
        Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
        for (Manifest manifest : manifests.values()) {
            if (manifest instanceof Manifest.Image image) {
                image.layers().forEach(layer -> blobs.putIfAbsent(layer.digest(), layer));
                blobs.putIfAbsent(image.config().digest(), image.config());
            }
        }
        return blobs.values();
    }

    /// One walk down from a root.
    private static final class Walk {
        private final ImageSource source;
        private final boolean skipAbsent;
        private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();

        Walk(ImageSource source, boolean skipAbsent) {
            this.source = source;
            this.skipAbsent = skipAbsent;
        }

        ImageGraph from(Manifest root, Digest digest) throws IOException {
            add(root, digest, 0);
            return new ImageGraph(root, manifests);
        }

        private void add(Manifest manifest, Digest digest, int depth) throws IOException {
            if (depth > DEEPEST || manifests.size() > MOST_MANIFESTS) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "index %s nests deeper than %d or names more than %d manifests"
                                .formatted(digest, DEEPEST, MOST_MANIFESTS));
            }
            if (manifest instanceof Manifest.Index index) {
                for (Descriptor child : index.manifests()) {
                    if (child.mediaType().isManifest() && !manifests.containsKey(child.digest())) {
                        follow(child, depth);
                    }
                }
            }
            manifests.put(digest, manifest);
        }

        private void follow(Descriptor child, int depth) throws IOException {
            Manifest manifest;
            try {
                manifest = source.manifest(ManifestSelector.of(child.digest()));
            } catch (DrayException absent) {
                if (skipAbsent && absent.kind() == DrayException.Kind.NOT_FOUND) {
                    return;
                }
                throw absent;
            }
            add(manifest, child.digest(), depth + 1);
        }
    }
}
