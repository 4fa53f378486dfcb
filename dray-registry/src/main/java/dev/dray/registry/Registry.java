package dev.dray.registry;

import dev.dray.registry.access.Access;
import dev.dray.store.Store;

/// What a registry is, whatever protocol it is spoken to by: repositories over a store, and the rules
/// of who may do what in them.
///
/// Thread safe. Every method takes the caller, and asks for the right in the transaction that does what is
/// asked.
///
/// @param uploads blobs on their way in
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

    /// A registry over `store`, which the caller closes.
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
