package dev.dray.engine.copy;

import dev.dray.client.push.Provenance;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.util.Collection;
import java.util.List;

/// The memory that guides a copy: a blob of the image may be linked from where its source says, and from nowhere else.
/// For what is copied was named by a stranger's manifest, and must not make the registry publish what the stranger
/// never held.
public record CopyProvenance(Provenance memory, BlobSources from) implements Provenance {
    @Override
    public boolean isSeen(String host, RepositoryName repository, Digest digest) {
        return from.of(host, digest).contains(repository) || memory.isSeen(host, repository, digest);
    }

    @Override
    public List<RepositoryName> sources(String host, Digest digest) {
        return from.of(host, digest);
    }

    @Override
    public boolean isUnsent(Digest digest) {
        return false;
    }

    @Override
    public void seen(String host, RepositoryName repository, Collection<Digest> digests) {
        memory.seen(host, repository, digests);
    }
}
