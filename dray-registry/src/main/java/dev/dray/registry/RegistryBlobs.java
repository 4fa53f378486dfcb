package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import dev.dray.store.Store;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Links;

/// The blobs of repositories, to be asked for, read and removed. Thread safe.
public final class RegistryBlobs {
    private final Store store;
    private final Rights rights;
    private final RegistryListener listener;

    RegistryBlobs(Store store, Rights rights, RegistryListener listener) {
        this.store = store;
        this.rights = rights;
        this.listener = listener;
    }

    /// The size of a blob; the question keeps the blob for somebody who is about to name it in a manifest.
    ///
    /// A blob whose stored bytes are damaged is not there, so that the client sends it again, which heals
    /// it.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is not there, or the caller may neither pull nor
    ///     push
    public long size(Caller caller, RepositoryName repository, Digest digest) {
        BlobTable.Row row = find(caller, repository, digest, true);
        if (row.damaged()) {
            throw RegistryException.noBlob(digest);
        }
        store.blobs().keep(repository, row);
        return row.size();
    }

    /// The blob.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is not there, or the caller may not pull
    /// @throws DrayException of kind CORRUPT when its stored bytes are damaged
    public Blob open(Caller caller, RepositoryName repository, Digest digest) {
        BlobTable.Row row = find(caller, repository, digest, false);
        if (row.damaged()) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT, "the stored bytes are damaged, pushing the blob again heals them");
        }
        return store.blobs().open(row).orElseThrow(() -> RegistryException.noBlob(digest));
    }

    private BlobTable.Row find(Caller caller, RepositoryName repository, Digest digest, boolean asking) {
        return rights.visible(
                caller,
                repository,
                asking,
                store.repository(repository).findBlob(digest),
                () -> RegistryException.noBlob(digest));
    }

    /// Removes a blob from a repository. One that a manifest there names stays: the manifest would
    /// promise what it cannot keep.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is not there, CONFLICT when a manifest names it
    public void delete(Caller caller, RepositoryName repository, Digest digest) {
        store.catalog().change(transaction -> {
            rights.require(caller, repository, Action.DELETE);
            Links links = transaction.repository(repository).links();
            if (links.find(digest).isEmpty()) {
                throw RegistryException.noBlob(digest);
            }
            if (links.referenced(digest)) {
                throw new RegistryException(
                        DrayException.Kind.CONFLICT,
                        ErrorTopic.BLOB,
                        "a manifest of the repository names the blob, delete the manifest first");
            }
            links.remove(digest);
        });
        listener.happened(new RegistryEvent.BlobDeleted(caller, repository, digest));
    }
}
