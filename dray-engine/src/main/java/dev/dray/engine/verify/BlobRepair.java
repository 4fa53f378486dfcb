package dev.dray.engine.verify;

import dev.dray.client.RegistryClient;
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
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Provenance.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Fetches damaged blobs again from the registries where they were seen: when a verification asks for it, or when
/// the reader of a [RepairingRepository] meets one. One repair serves one operation, in which each blob is
/// fetched once. Thread safe.
public final class BlobRepair {
    private static final int MOST_NAMES = 10;

    private final Store store;
    private final ImageFinder finder;
    private final Supplier<RegistryClient> client;
    private final Set<Digest> fetched = new HashSet<>();

    public BlobRepair(Store store, ImageFinder finder, Supplier<RegistryClient> client) {
        this.store = store;
        this.finder = finder;
        this.client = client;
    }

    /// A repository of the store whose readers do not notice damage that can be repaired.
    public RepairingRepository repository(RepositoryName name) {
        return new RepairingRepository(new StoredRepository(store, name), name, this);
    }

    /// Brings the bytes of a blob back, as a file.
    ///
    /// @param repository one that has the blob
    /// @return where it came from; empty when none of the registries gave it
    Optional<Place> fetch(Descriptor blob, RepositoryName repository) {
        List<Place> places =
                store.catalog().read(transaction -> transaction.provenance().places(blob.digest()));
        for (Place place : places) {
            try {
                Reference reference =
                        new Reference(place.host(), place.repository(), Optional.empty(), Optional.of(blob.digest()));
                new StoredRepository(store, repository)
                        .putBlob(blob, client.get().repository(reference).blob(blob));
                // The recorded recipe may have been proven with the same bad bytes.
                store.layers().dropRecipe(blob.digest());
                return Optional.of(place);
            } catch (DrayException | IOException notThere) {
                requireSpace(notThere);
            }
        }
        return Optional.empty();
    }

    private static void requireSpace(Exception failure) {
        if (failure instanceof DrayException known && known.kind() == DrayException.Kind.OUT_OF_SPACE) {
            throw known;
        }
    }

    /// Repairs a blob that could not be read. Readers that fail at the same time wait for one another.
    ///
    /// @param repository one that has the blob
    /// @return whether reading is worth another try: not when the blob is undamaged, or was fetched before
    /// @throws DrayException of kind CORRUPT that names the images that need the blob, when no registry gives it
    ///     back
    synchronized boolean repair(Descriptor blob, RepositoryName repository, Exception failure) throws IOException {
        if (!isDamaged(blob.digest())) {
            return fetched.contains(blob.digest());
        }
        if (!fetched.add(blob.digest())) {
            return false;
        }
        if (fetch(blob, repository).isEmpty()) {
            throw beyondRepair(blob, failure);
        }
        return true;
    }

    private boolean isDamaged(Digest digest) {
        return store.catalog()
                .read(transaction -> transaction.blobs().find(digest))
                .filter(BlobTable.Row::damaged)
                .isPresent();
    }

    private DrayException beyondRepair(Descriptor blob, Exception cause) throws IOException {
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
                .advising(
                        "pull one of them from a registry that has it; `dray layers verify --repair` repairs the rest");
    }
}
