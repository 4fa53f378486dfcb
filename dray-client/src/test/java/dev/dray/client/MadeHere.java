package dev.dray.client;

import dev.dray.client.push.Provenance;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A provenance in which everything was made here until it was sent somewhere.
final class MadeHere implements Provenance {
    private final Provenance seen = Provenance.inMemory();
    private final Set<Digest> sent = ConcurrentHashMap.newKeySet();

    @Override
    public boolean isSeen(String host, RepositoryName repository, Digest digest) {
        return seen.isSeen(host, repository, digest);
    }

    @Override
    public List<RepositoryName> sources(String host, Digest digest) {
        return seen.sources(host, digest);
    }

    @Override
    public boolean isUnsent(Digest digest) {
        return !sent.contains(digest);
    }

    @Override
    public void seen(String host, RepositoryName repository, Collection<Digest> digests) {
        sent.addAll(digests);
        seen.seen(host, repository, digests);
    }
}
