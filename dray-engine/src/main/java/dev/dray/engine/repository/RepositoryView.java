package dev.dray.engine.repository;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A repository as one read transaction sees it: of use as long as the transaction.
public record RepositoryView(Store store, Transaction transaction, RepositoryName name) implements ImageSource {
    /// Shows every repository of a store, by name, each in the transaction that read the name.
    static void each(Store store, Consumer<RepositoryView> action) {
        var _ = Pages.<RepositoryName, RepositoryName>of(
                        store.catalog(),
                        RepositoryContents.PAGE,
                        (transaction, last, limit) -> {
                            List<RepositoryName> names = transaction.repositories(last, limit);
                            names.forEach(name -> action.accept(new RepositoryView(store, transaction, name)));
                            return names;
                        },
                        name -> name)
                .all();
    }

    /// All that it holds.
    RepositoryContents contents() {
        return new RepositoryContents(transaction.repository(name));
    }

    /// The manifest, when it is there.
    Optional<Manifests.Stored> find(ManifestSelector selector) {
        Transaction.Repository repository = transaction.repository(name);
        Optional<Digest> digest = switch (selector) {
            case ManifestSelector.ByTag(Tag tag) -> repository.tags().find(tag);
            case ManifestSelector.ByDigest(Digest asked) -> Optional.of(asked);
        };
        return digest.flatMap(repository.manifests()::find);
    }

    @Override
    public Manifest manifest(ManifestSelector selector) {
        return find(selector).map(Manifests.Stored::parse).orElseThrow(() -> absent(selector));
    }

    @Override
    public Content blob(Descriptor descriptor) {
        return transaction
                .repository(name)
                .links()
                .find(descriptor.digest())
                .filter(row -> !row.damaged())
                .flatMap(this::open)
                .orElseThrow(() -> absent(descriptor.digest()));
    }

    private Optional<? extends Content> open(BlobRow row) {
        return switch (row.location()) {
            case BlobLocation.Inline() ->
                transaction.blobs().bytes(row.digest()).map(raw -> Content.of(raw, row.digest()));
            case BlobLocation.File _, BlobLocation.Rebuilt _ -> store.blobs().open(row);
        };
    }

    private DrayException absent(Object what) {
        return new DrayException(DrayException.Kind.NOT_FOUND, "no \"%s\" of %s in the store".formatted(what, name));
    }
}
