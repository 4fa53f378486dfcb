package dev.dray.engine;

import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.ImageGraph;
import dev.dray.model.Reference;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Work on images that reads their blobs, and what to do when some of those turn out to be damaged: they are fetched
/// again and the work is done once more, or it is said which images suffer. Thread safe.
final class DamagedBlobs {
    private static final int MOST_NAMES = 10;

    private final Store store;
    private final ImageFinder finder;
    private final BlobRepair repair;

    DamagedBlobs(Store store, ImageFinder finder, BlobRepair repair) {
        this.store = store;
        this.finder = finder;
        this.repair = repair;
    }

    /// Work that reads blobs, and can be done again.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /// @throws DrayException of kind CORRUPT that names the images that suffer, when a blob cannot be fetched again;
    ///     what the work throws, when no blob of the images is damaged
    <T> T mending(Collection<StoredImage> images, Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (IOException | DrayException failure) {
            Map<Descriptor, StoredImage> damaged = damaged(images);
            if (damaged.isEmpty()) {
                throw failure;
            }
            for (Map.Entry<Descriptor, StoredImage> blob : damaged.entrySet()) {
                if (repair.fetch(blob.getKey(), blob.getValue().repository()).isEmpty()) {
                    throw suffering(blob.getKey(), failure);
                }
            }
            return work.run();
        }
    }

    private Map<Descriptor, StoredImage> damaged(Collection<StoredImage> images) throws IOException {
        Map<Descriptor, StoredImage> damaged = new LinkedHashMap<>();
        for (StoredImage image : images) {
            for (Descriptor blob : ImageLayerList.graph(store, image).blobs()) {
                if (isDamaged(blob.digest())) {
                    damaged.putIfAbsent(blob, image);
                }
            }
        }
        return damaged;
    }

    private boolean isDamaged(Digest digest) {
        return store.catalog()
                .read(transaction -> transaction.blobs().find(digest))
                .filter(BlobRow::damaged)
                .isPresent();
    }

    private DrayException suffering(Descriptor blob, Exception cause) throws IOException {
        List<Reference> names = new ArrayList<>();
        for (StoredImage image : finder.all()) {
            ImageGraph graph = ImageLayerList.graph(store, image);
            if (graph.blobs().stream().anyMatch(other -> other.digest().equals(blob.digest()))) {
                names.add(image.reference());
            }
        }
        String images = String.join(
                ", ", names.stream().limit(MOST_NAMES).map(Reference::familiar).toList());
        String more = names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "";
        return new DrayException(
                        DrayException.Kind.CORRUPT,
                        "blob %s is damaged in the store, and none of the registries that had it gives it back; it is needed by %s%s"
                                .formatted(blob.digest(), images, more),
                        cause)
                .about(blob.digest())
                .advising("pull one of them from a registry that has it; `dray layers verify --repair` mends the rest");
    }
}
