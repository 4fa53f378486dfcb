package dev.dray.store.collect;

import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Goes through the repositories: removes the empty ones, and from the others what nothing leads to.
///
/// @param untagged whether manifests without a tag go
record RepositorySweep(CollectRun round, boolean untagged) {
    void run() {
        for (List<RepositoryName> page : round.pages(Transaction::repositories, Function.identity())) {
            removeEmpty(page);
            for (RepositoryName repository : page) {
                if (untagged) {
                    new ManifestSweep(round).run(repository);
                }
                new LinkSweep(round).run(repository);
            }
        }
    }

    /// One whose last content goes in this round is removed by the next.
    private void removeEmpty(List<RepositoryName> page) {
        List<RepositoryName> empty = round.catalog()
                .read(transaction -> page.stream()
                        .filter(name -> transaction.repository(name).isEmpty())
                        .toList());
        round.remove(
                        empty,
                        (transaction, name) -> Optional.of(name)
                                .filter(_ -> transaction.repository(name).isEmpty()),
                        (transaction, name) -> transaction.repository(name).remove())
                .forEach(name -> round.tally().add(CollectedKind.REPOSITORY, name.value(), 0));
    }
}
