package dev.dray.engine;

import dev.dray.client.push.Provenance;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The memory that guides a copy from a registry: a blob of the image may be linked from the repository that is copied
/// from, whose manifest lists it, and from no other. For what is copied was named by a stranger's manifest, and must
/// not make the registry publish what the stranger never held.
///
/// @param from where the image comes from, when that is a registry
record CopyProvenance(Provenance memory, Optional<Reference> from) implements Provenance {
    @Override
    public boolean isSeen(String host, RepositoryName repository, Digest digest) {
        return from.filter(source -> source.host().equals(host)
                                && source.repository().equals(repository))
                        .isPresent()
                || memory.isSeen(host, repository, digest);
    }

    @Override
    public List<RepositoryName> sources(String host, Digest digest) {
        return from.filter(source -> source.host().equals(host)).map(Reference::repository).stream()
                .toList();
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
