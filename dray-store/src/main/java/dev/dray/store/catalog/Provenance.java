package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Where blobs were seen: in which repositories of which registries. Kept without a cap.
///
/// A hint that saves requests, never a right: the registry decides at the moment of the mount.
public interface Provenance {
    /// Notes that `digests` were seen in a repository.
    ///
    /// @param host the registry as references name it, `localhost:5000`
    /// @param repository the path there, without the host
    void seen(Collection<Digest> digests, String host, RepositoryName repository, Instant now);

    /// The repositories of `host` in which `digest` was seen, last seen first.
    List<RepositoryName> sources(Digest digest, String host);

    /// Wherever `digest` was seen, last seen first.
    List<Place> places(Digest digest);

    /// True when the blob was seen in any registry: what never was, was made here.
    boolean anywhere(Digest digest);

    /// Forgets a place that turned out not to have the blob.
    void forget(Digest digest, String host, RepositoryName repository);

    /// A repository of a registry.
    ///
    /// @param repository the path there, without the host
    record Place(String host, RepositoryName repository) {}
}
