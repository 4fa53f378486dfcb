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

/// Serves the images that a host has pulled: the repositories of an engine's store, read-only, subject to the access
/// rules.
///
/// It writes nothing to the store, not even the time of the last access. Clients have fallbacks, and most choose one by
/// the manifest, so an image that cannot be served whole is reported as absent. Thread safe.
public final class Mirror {
    private final Store store;
    private final Rights rights;
    private final HostedNames names;
    private final RegistryLists lists;
    private final DocumentBudget documents = new DocumentBudget(RegistryLimits.DEFAULT);

    private Mirror(Store store, Rights rights) {
        this.store = store;
        this.rights = rights;
        this.names = new HostedNames(store, rights);
        this.lists = new RegistryLists(store, rights);
    }

    /// The mirror of an engine's store; the caller closes the store.
    public static Mirror of(Store store, Access access) {
        return new Mirror(store, new Rights(access));
    }

    /// The name, in the store, of the repository that the caller means by a path; it need not exist.
    ///
    /// @param host the host whose images the client asks for, if it says so (containerd's parameter `ns`)
    /// @throws RegistryException of kind INVALID when `host` is not a host, NOT_FOUND when the path alone is
    ///     ambiguous
    public RepositoryName name(Caller caller, RepositoryName path, Optional<String> host) {
        return names.find(caller, path, host);
    }

    /// The manifest, as the bytes that were pulled.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is absent, one of its blobs is absent or damaged, or the
    ///     caller may not pull
    public Stored manifest(Caller caller, RepositoryName name, ManifestSelector selector) {
        Repository repository = store.repository(name);
        return rights.visible(
                caller,
                name,
                Purpose.READ,
                repository.find(selector).filter(stored -> isWhole(repository, stored)),
                () -> RegistryException.noManifest(selector));
    }

    /// An index is served even if children are absent: only the client knows which of them it needs.
    private static boolean isWhole(Repository repository, Stored stored) {
        return switch (stored.parse()) {
            case Manifest.Image image ->
                repository.missing(RegistryManifests.needed(image).toList()).isEmpty();
            case Manifest.Index _ -> true;
        };
    }

    /// The size of a blob, of which no byte is read.
    ///
    /// @throws RegistryException of kind NOT_FOUND when it is absent or damaged, or the caller may not pull
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
                Purpose.READ,
                store.repository(repository).findBlob(digest).filter(row -> !row.damaged()),
                () -> RegistryException.noBlob(digest));
    }

    /// How many manifests may be in memory.
    public DocumentBudget documents() {
        return documents;
    }

    /// Tags, referrers, and the repositories by their full names.
    public RegistryLists lists() {
        return lists;
    }
}
