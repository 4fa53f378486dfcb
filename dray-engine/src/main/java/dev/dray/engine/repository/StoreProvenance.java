package dev.dray.engine.repository;

import dev.dray.client.push.Provenance;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Remembers in the store where the client has seen blobs.
public record StoreProvenance(Store store) implements Provenance {
    @Override
    public boolean isSeen(String host, RepositoryName repository, Digest digest) {
        return sources(host, digest).contains(repository);
    }

    @Override
    public List<RepositoryName> sources(String host, Digest digest) {
        return store.catalog().read(transaction -> transaction.provenance().sources(digest, host));
    }

    /// A blob of the store that was seen in no registry was built here.
    @Override
    public boolean isUnsent(Digest digest) {
        return store.catalog()
                .read(transaction -> transaction.blobs().find(digest).isPresent()
                        && !transaction.provenance().anywhere(digest));
    }

    @Override
    public void seen(String host, RepositoryName repository, Collection<Digest> digests) {
        store.catalog().change(transaction -> transaction.provenance().seen(digests, host, repository, Instant.now()));
    }
}
