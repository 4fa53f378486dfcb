package dev.dray.engine.policy;

import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageGraph;
import dev.dray.model.image.Manifest;
import dev.dray.store.catalog.BlobLocation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Selects the blobs of images that may be stored as contents: those whose type says that they hold a tar.
///
/// All others, configs and the blobs of artifacts, are stored as they came: splitting a blob that is no tar saves
/// nothing.
public final class LayerBlobs {
    private LayerBlobs() {}

    /// The layers of an image and of all below it, each once.
    public static Collection<Descriptor> of(ImageGraph graph) {
        Map<Digest, Descriptor> layers = new LinkedHashMap<>();
        for (Manifest manifest : graph.manifests().values()) {
            if (manifest instanceof Manifest.Image image) {
                of(image).forEach(layer -> layers.putIfAbsent(layer.digest(), layer));
            }
        }
        return layers.values();
    }

    /// The layers of one image.
    public static List<Descriptor> of(Manifest.Image image) {
        return image.layers().stream().filter(LayerBlobs::isLayer).toList();
    }

    /// Whether its type says that the blob holds a tar.
    public static boolean isLayer(Descriptor blob) {
        return blob.mediaType().value().contains(".tar");
    }

    /// Whether the blob is stored in the database, whatever the policy says.
    static boolean isSmall(Descriptor blob) {
        return blob.size() <= BlobLocation.LARGEST_INLINE;
    }
}
