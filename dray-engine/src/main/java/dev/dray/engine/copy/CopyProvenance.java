package dev.dray.engine.copy;

import dev.dray.client.push.Provenance;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.util.Collection;
import java.util.List;

/// Guides the mounts of a copy: a blob of the image may be mounted from the repositories that its source names, and
/// from no other. The blobs are named by a stranger's manifest, which must not get the registry to publish blobs that
/// the stranger never held.
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
