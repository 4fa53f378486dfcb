package dev.dray.store.collect;

import dev.dray.model.RepositoryName;
import java.util.List;
import java.util.Optional;

/// Goes through the repositories: removes the empty ones, and from the others what nothing leads to.
///
/// @param untagged whether manifests without a tag go
record RepositorySweep(Round round, boolean untagged) {
    void run() {
        Optional<RepositoryName> last = Optional.empty();
        List<RepositoryName> page;
        do {
            Optional<RepositoryName> from = last;
            page = round.catalog().read(transaction -> transaction.repositories(from, Round.PAGE));
            removeEmpty(page);
            for (RepositoryName repository : page) {
                if (untagged) {
                    new ManifestSweep(round).run(repository);
                }
                new LinkSweep(round).run(repository);
            }
            last = page.isEmpty() ? last : Optional.of(page.getLast());
        } while (page.size() == Round.PAGE && round.pace().next());
    }

    /// One whose last content goes in this round is removed by the next.
    private void removeEmpty(List<RepositoryName> page) {
        List<RepositoryName> empty = round.catalog()
                .read(transaction -> page.stream()
                        .filter(name -> transaction.repository(name).garbage().isEmpty())
                        .toList());
        round.remove(
                        empty,
                        (transaction, name) -> Optional.of(name)
                                .filter(_ ->
                                        transaction.repository(name).garbage().isEmpty()),
                        (transaction, name) ->
                                transaction.repository(name).garbage().remove())
                .forEach(name -> round.tally().add(CollectedKind.REPOSITORY, name.value(), 0));
    }
}
