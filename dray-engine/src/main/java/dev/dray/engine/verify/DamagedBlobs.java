package dev.dray.engine.verify;

import dev.dray.engine.repository.ImageFinder;
import dev.dray.engine.repository.ImageLayerList;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.repository.StoredRepository;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageGraph;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What to do about blobs that turn out to be damaged while they are read: each is fetched again, once, or it is said
/// which images suffer. Thread safe.
public final class DamagedBlobs {
    private static final int MOST_NAMES = 10;

    private final Store store;
    private final ImageFinder finder;
    private final BlobRepair repair;
    private final Set<Digest> fetched = new HashSet<>();

    public DamagedBlobs(Store store, ImageFinder finder, BlobRepair repair) {
        this.store = store;
        this.finder = finder;
        this.repair = repair;
    }

    /// A repository of the store, whose readers do not notice damage that could be mended.
    public RepairingRepository repository(RepositoryName name) {
        return new RepairingRepository(new StoredRepository(store, name), name, this);
    }

    /// Fetches a blob again that could not be read. Readers that fail at the same time wait for one another.
    ///
    /// @param repository one that has the blob
    /// @return whether it is worth another try; not when the blob is not damaged, or was fetched before
    /// @throws DrayException of kind CORRUPT that names the images that suffer, when nobody gives the blob back
    synchronized boolean mend(Descriptor blob, RepositoryName repository, Exception failure) throws IOException {
        if (!isDamaged(blob.digest())) {
            return fetched.contains(blob.digest());
        }
        if (!fetched.add(blob.digest())) {
            return false;
        }
        if (repair.fetch(blob, repository).isEmpty()) {
            throw suffering(blob, failure);
        }
        return true;
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
