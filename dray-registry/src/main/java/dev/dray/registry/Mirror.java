package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.registry.access.Access;
import dev.dray.registry.access.Caller;
import dev.dray.store.Repository;
import dev.dray.store.Store;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Manifests.Stored;
import java.util.Optional;

/// What a host serves of the images that it has pulled: the repositories of an engine's store, to be read by who may.
///
/// It changes nothing in the store, not even when a blob was last asked for. Clients have other places to turn to, and
/// most of them choose one by its manifest; so what cannot be given whole is not there. Thread safe.
public final class Mirror {
    private final Store store;
    private final Rights rights;
    private final HostedNames names;
    private final RegistryLists lists;

    private Mirror(Store store, Rights rights) {
        this.store = store;
        this.rights = rights;
        this.names = new HostedNames(store, rights);
        this.lists = new RegistryLists(store, rights);
    }

    /// The mirror of a store of kind engine, which the caller closes.
    public static Mirror of(Store store, Access access) {
        return new Mirror(store, new Rights(access));
    }

    /// The repository that the caller means by a path, as the store names it; it need not exist.
    ///
    /// @param host whose images are asked for, when the client says so (the parameter `ns` of containerd)
    /// @throws RegistryException of kind INVALID when `host` is none, NOT_FOUND when the path alone says too little
    public RepositoryName name(Caller caller, RepositoryName path, Optional<String> host) {
        return names.find(caller, path, host);
    }

    /// The manifest, as the bytes that were pulled.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is not there, one of its blobs is absent or damaged,
    ///     or the caller may not pull
    public Stored manifest(Caller caller, RepositoryName name, ManifestSelector selector) {
        Repository repository = store.repository(name);
        return rights.visible(
                caller,
                name,
                false,
                repository.find(selector).filter(stored -> isWhole(repository, stored)),
                () -> RegistryException.noManifest(selector));
    }

    /// An index is served as it is: whether a client wants one of the images that are not there, only it can know.
    private static boolean isWhole(Repository repository, Stored stored) {
        return switch (stored.parse()) {
            case Manifest.Image image ->
                repository.missing(RegistryManifests.needed(image).toList()).isEmpty();
            case Manifest.Index _ -> true;
        };
    }

    /// The size of a blob, of which no byte is read.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is not there, damaged, or the caller may not pull
    public long size(Caller caller, RepositoryName repository, Digest digest) {
        return row(caller, repository, digest).size();
    }

    /// The blob.
    ///
    /// @throws RegistryException as for [#size]
    public Blob blob(Caller caller, RepositoryName repository, Digest digest) {
        return store.blobs().open(row(caller, repository, digest)).orElseThrow(() -> RegistryException.noBlob(digest));
    }

    private BlobTable.Row row(Caller caller, RepositoryName repository, Digest digest) {
        return rights.visible(
                caller,
                repository,
                false,
                store.repository(repository).findBlob(digest).filter(row -> !row.damaged()),
                () -> RegistryException.noBlob(digest));
    }

    /// Tags, referrers, and the repositories by their full names.
    public RegistryLists lists() {
        return lists;
    }
}
