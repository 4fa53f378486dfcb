package dev.dray.engine.verify;

import dev.dray.client.RegistryClient;
import dev.dray.engine.repository.StoredRepository;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.catalog.Provenance.Place;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Fetches damaged blobs again from where they were seen. Thread safe.
public final class BlobRepair {
    private final Store store;
    private final Supplier<RegistryClient> client;

    public BlobRepair(Store store, Supplier<RegistryClient> client) {
        this.store = store;
        this.client = client;
    }

    /// Brings the bytes of a blob back, as a file.
    ///
    /// @param repository one that has the blob
    /// @return where it came from; empty when none of the places gave it
    Optional<Place> fetch(Descriptor blob, RepositoryName repository) {
        List<Place> places =
                store.catalog().read(transaction -> transaction.provenance().places(blob.digest()));
        for (Place place : places) {
            try {
                Reference reference =
                        new Reference(place.host(), place.repository(), Optional.empty(), Optional.of(blob.digest()));
                new StoredRepository(store, repository)
                        .putBlob(blob, client.get().repository(reference).blob(blob));
                // What is recorded of it may be made of the same bad bytes.
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
}
