package dev.dray.store.collect;

import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Manifests.ManifestUse;
import dev.dray.store.catalog.Transaction;
import java.util.List;
import java.util.Optional;

/// Removes manifests that no tag leads to. Children of an index and referrers of a subject live as long as that lives,
/// and one that is pinned stays.
///
/// Blobs that they reference count as touched at their end, and go a grace later: a client that reads an image whose
/// tag has just moved has that time.
record ManifestSweep(CollectRun round) {
    void run(RepositoryName repository) {
        for (List<ManifestUse> page : round.pages(
                (transaction, last, limit) ->
                        transaction.repository(repository).manifests().uses(last, limit),
                ManifestUse::digest)) {
            List<ManifestUse> old =
                    page.stream().filter(use -> round.isOld(use.kept())).toList();
            List<ManifestUse> gone = round.remove(
                    old,
                    (transaction, use) -> garbage(transaction, repository, use),
                    (transaction, use) ->
                            transaction.repository(repository).manifests().collect(use.digest()));
            gone.forEach(use -> round.tally().add(CollectedKind.MANIFEST, repository + "@" + use.digest(), use.size()));
        }
    }

    /// Asked anew: it may have been put again since the page was read.
    private Optional<ManifestUse> garbage(Transaction transaction, RepositoryName repository, ManifestUse use) {
        Manifests manifests = transaction.repository(repository).manifests();
        return manifests
                .use(use.digest())
                .filter(now -> round.isOld(now.kept())
                        && !transaction.policies().isPinned(now.digest())
                        && !manifests.isNamed(now.digest()));
    }
}
