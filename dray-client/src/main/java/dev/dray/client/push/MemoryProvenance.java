package dev.dray.client.push;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Provenance in memory, guarded by its own lock.
final class MemoryProvenance implements Provenance {
    private final Map<Place, LinkedHashSet<RepositoryName>> sightings = new HashMap<>();

    private record Place(String host, Digest digest) {}

    @Override
    public synchronized boolean isSeen(String host, RepositoryName repository, Digest digest) {
        LinkedHashSet<RepositoryName> repositories = sightings.get(new Place(host, digest));
        return repositories != null && repositories.contains(repository);
    }

    @Override
    public synchronized List<RepositoryName> sources(String host, Digest digest) {
        LinkedHashSet<RepositoryName> repositories = sightings.get(new Place(host, digest));
        return repositories == null ? List.of() : new ArrayList<>(repositories).reversed();
    }

    @Override
    public boolean isUnsent(Digest digest) {
        return false;
    }

    @Override
    public synchronized void seen(String host, RepositoryName repository, Collection<Digest> digests) {
        for (Digest digest : digests) {
            sightings
                    .computeIfAbsent(new Place(host, digest), place -> new LinkedHashSet<>())
                    .addLast(repository);
        }
    }
}
