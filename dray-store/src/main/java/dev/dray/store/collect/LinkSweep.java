package dev.dray.store.collect;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.Links;
import dev.dray.store.catalog.Transaction;
import java.util.List;
import java.util.Optional;

/// Removes links to blobs that no manifest of the link's own repository references, under the same conditions as blobs
/// themselves go.
record LinkSweep(CollectRun round) {
    void run(RepositoryName repository) {
        for (List<BlobRow> page : round.pages(
                (transaction, last, limit) ->
                        transaction.repository(repository).links().list(last, limit),
                BlobRow::digest)) {
            List<BlobRow> old =
                    page.stream().filter(row -> round.isOld(row.touched())).toList();
            for (BlobRow gone : remove(repository, old)) {
                round.tally().add(CollectedKind.LINK, repository + "@" + gone.digest(), 0);
            }
        }
    }

    private List<BlobRow> remove(RepositoryName repository, List<BlobRow> old) {
        List<BlobRow> unreferenced = round.catalog().read(transaction -> {
            Links links = transaction.repository(repository).links();
            return old.stream().filter(row -> !links.referenced(row.digest())).toList();
        });
        return round.remove(
                unreferenced,
                (transaction, row) -> garbage(transaction, repository, row.digest()),
                (transaction, row) -> transaction.repository(repository).links().remove(row.digest()));
    }

    private Optional<BlobRow> garbage(Transaction transaction, RepositoryName repository, Digest digest) {
        Links links = transaction.repository(repository).links();
        return links.find(digest)
                .filter(row -> round.isOld(row.touched())
                        && !links.referenced(digest)
                        && !round.isLeased(transaction, digest));
    }
}
