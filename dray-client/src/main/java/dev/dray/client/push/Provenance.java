package dev.dray.client.push;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.util.Collection;
import java.util.List;

/// Remembers in which repositories of which registries a blob or manifest has been seen.
///
/// It only guides: an outdated entry costs a push one more request and does not change its result. Name repositories as
/// the registry does, without the host. Implementations are thread safe; [#inMemory] keeps it for the life of the
/// process.
public interface Provenance {
    /// True when `digest` has been seen in that repository.
    boolean isSeen(String host, RepositoryName repository, Digest digest);

    /// The repositories of `host` where `digest` has been seen, most recently seen first.
    List<RepositoryName> sources(String host, Digest digest);

    /// True when `digest` was made on this machine and has never been sent anywhere, so that no registry has it.
    boolean isUnsent(Digest digest);

    /// Records that that repository now has all of `digests`. Called once per push, also for one that failed
    /// half-way, with the content that arrived.
    void seen(String host, RepositoryName repository, Collection<Digest> digests);

    /// Starts empty and lasts as long as the process. Treats nothing as made here.
    static Provenance inMemory() {
        return new MemoryProvenance();
    }
}
