package dev.dray.engine.repository;

import dev.dray.engine.policy.LayerBlobs;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageGraph;
import dev.dray.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The layers of images, each blob once, with the images that have it.
public final class ImageLayerList {
    private final Map<Digest, Used> layers = new LinkedHashMap<>();

    /// A layer's blob with the names of the images that have it.
    public record Used(Descriptor blob, Set<Reference> images, Set<RepositoryName> repositories) {}

    private ImageLayerList() {}

    /// @param images in the order in which their layers come
    public static ImageLayerList of(Store store, List<StoredImage> images) throws IOException {
        ImageLayerList list = new ImageLayerList();
        for (StoredImage image : images) {
            for (Descriptor layer : LayerBlobs.of(graph(store, image))) {
                Used used = list.layers.computeIfAbsent(
                        layer.digest(), _ -> new Used(layer, new LinkedHashSet<>(), new LinkedHashSet<>()));
                used.images().add(image.reference());
                used.repositories().add(image.repository());
            }
        }
        return list;
    }

    public static ImageGraph graph(Store store, StoredImage image) throws IOException {
        return ImageGraph.readPresent(
                new StoredRepository(store, image.repository()), image.manifest(), image.digest());
    }

    public List<Used> all() {
        return new ArrayList<>(layers.values());
    }
}
