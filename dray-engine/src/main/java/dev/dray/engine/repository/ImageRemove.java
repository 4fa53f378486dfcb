package dev.dray.engine.repository;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.store.Repository;
import dev.dray.store.Store;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes names away from images, and images that lost their last name out of their repository.
///
/// Blobs that nothing names any more are freed at once: every process of an engine that relies on a blob without a
/// name has a lease on it, so there is no need to wait for a grace. Blobs that a running collection protects are left
/// to the next one. Thread safe.
public final class ImageRemove {
    private final Store store;

    public ImageRemove(Store store) {
        this.store = store;
    }

    /// Takes the image's tag away, or all of its tags when it was not found by one.
    public RemoveReport remove(StoredImage image) {
        Removed removed = store.catalog().write(transaction -> {
            Transaction.Repository repository = transaction.repository(image.repository());
            List<Tag> untagged = repository.tags().of(image.digest()).stream()
                    .filter(tag -> image.tag().isEmpty() || image.tag().get().equals(tag))
                    .toList();
            untagged.forEach(repository.tags()::delete);
            boolean named = named(repository).contains(image.digest());
            if (named && untagged.isEmpty()) {
                throw new DrayException(
                                DrayException.Kind.CONFLICT, "%s is part of an index".formatted(image.reference()))
                        .advising("remove the index");
            }
            return named ? new Removed(untagged, List.of(), Set.of()) : delete(repository, image, untagged);
        });
        return new RemoveReport(
                image.repository(), removed.untagged(), removed.manifests(), free(image, removed.blobs()));
    }

    private Optional<CollectReport> free(StoredImage image, Set<Digest> blobs) {
        try {
            return store.collector().free(blobs, CollectListener.NONE);
        } catch (IOException e) {
            throw new DrayException(
                            DrayException.Kind.UNAVAILABLE,
                            "%s is removed, but not all its bytes are: %s".formatted(image.reference(), e.getMessage()),
                            e)
                    .advising("free the rest with dray prune");
        }
    }

    /// The rows that a transaction removed from a repository.
    private record Removed(List<Tag> untagged, List<Digest> manifests, Set<Digest> blobs) {}

    private static Removed delete(Transaction.Repository repository, StoredImage image, List<Tag> untagged) {
        List<Digest> deleted = new ArrayList<>();
        Set<Digest> blobs = new LinkedHashSet<>();
        delete(repository, image.digest(), deleted, blobs);
        blobs.removeIf(repository.links()::referenced);
        blobs.forEach(repository.links()::remove);
        return new Removed(untagged, deleted, blobs);
    }

    private static void delete(
            Transaction.Repository repository, Digest digest, List<Digest> deleted, Set<Digest> blobs) {
        Optional<Manifest> manifest = repository.manifests().find(digest).map(Manifests.Stored::parse);
        if (manifest.isEmpty()) {
            return;
        }
        repository.manifests().delete(digest);
        deleted.add(digest);
        deleteReferrers(repository, digest, deleted, blobs);
        switch (manifest.get()) {
            case Manifest.Image one -> one.blobs().forEach(blob -> blobs.add(blob.digest()));
            case Manifest.Index index -> {
                Set<Digest> named = named(repository);
                for (Descriptor child : index.manifests()) {
                    if (!named.contains(child.digest())) {
                        delete(repository, child.digest(), deleted, blobs);
                    }
                }
            }
        }
    }

    /// A referrer of a manifest that is gone goes too, unless it has a name of its own.
    private static void deleteReferrers(
            Transaction.Repository repository, Digest subject, List<Digest> deleted, Set<Digest> blobs) {
        Set<Digest> named = named(repository);
        for (Manifests.Stored referrer : Repository.referrers(repository, subject)) {
            if (!named.contains(referrer.digest())) {
                delete(repository, referrer.digest(), deleted, blobs);
            }
        }
    }

    /// Manifests that a tag or an index of the repository still names.
    private static Set<Digest> named(Transaction.Repository repository) {
        Repository.Contents contents = Repository.Contents.of(repository);
        Set<Digest> named = contents.children();
        contents.tags().forEach(entry -> named.add(entry.manifest()));
        return named;
    }
}
