package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.registry.access.Action;
import dev.dray.registry.access.Caller;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Transaction;
import java.util.Optional;

/// Links blobs that another repository of this registry has, instead of having them sent. Thread safe.
///
/// Who may pull the blob from its source could download and push it, so linking gives him nothing new.
/// Whether he may is asked in the transaction that links: a right that is gone by then is gone
/// (CVE-2024-39897 was a mount that did not ask).
public final class RegistryMounts {
    private final Store store;
    private final Rights rights;
    private final RegistryListener listener;

    RegistryMounts(Store store, Rights rights, RegistryListener listener) {
        this.store = store;
        this.rights = rights;
        this.listener = listener;
    }

    /// Links a blob of `source` in `target`, when the caller may pull from there and it is there.
    ///
    /// A source that may not be read and one that lacks the blob are the same: the blob is then to be
    /// uploaded.
    ///
    /// @param source empty when the client named none, or none that can exist
    /// @return true when the blob is linked in `target` now, durably
    /// @throws dev.dray.model.DrayException of kind UNAUTHENTICATED or DENIED when the caller may not push
    ///     to `target`
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

    /// What was linked, by the right to pull from where: the target itself when it had the blob before.
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
