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

/// Checks, reads and deletes the blobs of repositories. Thread safe.
public final class RegistryBlobs {
    private final Store store;
    private final Rights rights;
    private final RegistryListener listener;

    RegistryBlobs(Store store, Rights rights, RegistryListener listener) {
        this.store = store;
        this.rights = rights;
        this.listener = listener;
    }

    /// The size of a blob. The query renews the blob's grace, since the client may be about to reference it in a
    /// manifest.
    ///
    /// A damaged blob is reported as absent, so that the client uploads it again, which repairs it.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is absent, or the caller may neither pull nor push
    public long size(Caller caller, RepositoryName repository, Digest digest) {
        BlobTable.Row row = find(caller, repository, digest, Purpose.EXISTENCE);
        if (row.damaged()) {
            throw RegistryException.noBlob(digest);
        }
        store.blobs().keep(repository, row);
        return row.size();
    }

    /// The blob.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is absent, or the caller may not pull
    /// @throws DrayException of kind CORRUPT when its stored bytes are damaged
    public Blob open(Caller caller, RepositoryName repository, Digest digest) {
        BlobTable.Row row = find(caller, repository, digest, Purpose.READ);
        if (row.damaged()) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT, "the stored bytes are damaged, pushing the blob again repairs them");
        }
        return store.blobs().open(row).orElseThrow(() -> RegistryException.noBlob(digest));
    }

    private BlobTable.Row find(Caller caller, RepositoryName repository, Digest digest, Purpose purpose) {
        return rights.visible(
                caller,
                repository,
                purpose,
                store.repository(repository).findBlob(digest),
                () -> RegistryException.noBlob(digest));
    }

    /// Removes a blob from a repository, unless a manifest there references it.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is absent, CONFLICT when a manifest references it
    public void delete(Caller caller, RepositoryName repository, Digest digest) {
        store.changeToFree(transaction -> {
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
