package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Transaction;
import java.util.Optional;

/// Links blobs that another repository of this registry already has, so that clients need not upload them. Thread safe.
///
/// A caller who may pull the blob from its source could download and push it, so a mount grants them nothing new. The
/// transaction that links checks the pull right, so a right revoked by then does not count (CVE-2024-39897 was a mount
/// without that check).
public final class RegistryMounts {
    private final Store store;
    private final Rights rights;
    private final RegistryListener listener;

    RegistryMounts(Store store, Rights rights, RegistryListener listener) {
        this.store = store;
        this.rights = rights;
        this.listener = listener;
    }

    /// Links a blob of `source` into `target`, when the caller may pull from the source and the blob is there.
    ///
    /// A source that the caller may not read and one that lacks the blob have the same result: the client uploads
    /// the blob.
    ///
    /// @param source empty when the client named none, or named one that cannot exist
    /// @return true when `target` has the blob, durably
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED or DENIED when the caller may not push to
    ///     `target`
    public boolean mount(Caller caller, RepositoryName target, Digest digest, Optional<RepositoryName> source) {
        Optional<Linked> linked = store.catalog().write(transaction -> {
            rights.require(caller, target, Action.PUSH);
            return source.flatMap(from -> link(transaction, caller, target, digest, from));
        });
        listener.happened(linked.<RegistryEvent>map(
                        link -> new RegistryEvent.BlobMounted(caller, target, digest, link.source(), link.size()))
                .orElseGet(() -> new RegistryEvent.MountDeclined(caller, target, digest, source)));
        return linked.isPresent();
    }

    /// A linked blob, and the repository whose pull right was used: the target itself when it had the blob before.
    private record Linked(RepositoryName source, long size) {}

    private Optional<Linked> link(
            Transaction transaction, Caller caller, RepositoryName target, Digest digest, RepositoryName source) {
        Optional<BlobTable.Row> there = usable(transaction, source, digest);
        if (there.isPresent() && rights.mayPull(caller, source)) {
            transaction.repository(target).links().add(digest);
            return Optional.of(new Linked(source, there.get().size()));
        }
        return usable(transaction, target, digest).map(row -> {
            transaction.repository(target).links().add(digest); // it is touched, and stays for its manifest to come
            return new Linked(target, row.size());
        });
    }

    private static Optional<BlobTable.Row> usable(Transaction transaction, RepositoryName repository, Digest digest) {
        return transaction.repository(repository).links().find(digest).filter(row -> !row.damaged());
    }
}
