package dev.dray.registry;

import dev.dray.registry.access.Access;
import dev.dray.store.Store;

/// A registry independent of the protocol it is accessed by: repositories over a store, and the access rules for them.
///
/// Thread safe. Every method takes the caller and checks the right in the same transaction as the operation.
///
/// @param uploads blobs being uploaded
/// @param mounts blobs linked from other repositories
/// @param lists tags and referrers
/// @param documents how many manifests may be in memory
public record Registry(
        RegistryBlobs blobs,
        RegistryUploads uploads,
        RegistryMounts mounts,
        RegistryManifests manifests,
        RegistryLists lists,
        DocumentBudget documents) {

    /// A registry over `store`; the caller closes the store.
    public static Registry of(Store store, Access access, RegistryListener listener, RegistrySettings settings) {
        Rights rights = new Rights(access);
        return new Registry(
                new RegistryBlobs(store, rights, listener),
                new RegistryUploads(store, rights, listener, settings),
                new RegistryMounts(store, rights, listener),
                new RegistryManifests(store, rights, listener),
                new RegistryLists(store, rights),
                new DocumentBudget(settings.limits()));
    }
}
