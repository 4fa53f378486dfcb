package dev.dray.store.collect;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Links;
import dev.dray.store.catalog.Transaction;
import java.util.List;
import java.util.Optional;

/// Removes links to blobs that no manifest of the link's own repository references, under the same conditions as blobs
/// themselves go.
record LinkSweep(CollectRun round) {
    void run(RepositoryName repository) {
        for (List<BlobTable.Row> page : round.pages(
                (transaction, last, limit) ->
                        transaction.repository(repository).links().list(last, limit),
                BlobTable.Row::digest)) {
            List<BlobTable.Row> old =
                    page.stream().filter(row -> round.isOld(row.touched())).toList();
            for (BlobTable.Row gone : remove(repository, old)) {
                round.tally().add(CollectedKind.LINK, repository + "@" + gone.digest(), 0);
            }
        }
    }

    private List<BlobTable.Row> remove(RepositoryName repository, List<BlobTable.Row> old) {
        List<BlobTable.Row> unreferenced = round.catalog().read(transaction -> {
            Links links = transaction.repository(repository).links();
            return old.stream().filter(row -> !links.referenced(row.digest())).toList();
        });
        return round.remove(
                unreferenced,
                (transaction, row) -> garbage(transaction, repository, row.digest()),
                (transaction, row) -> transaction.repository(repository).links().remove(row.digest()));
    }

    private Optional<BlobTable.Row> garbage(Transaction transaction, RepositoryName repository, Digest digest) {
        Links links = transaction.repository(repository).links();
        return links.find(digest)
                .filter(row -> round.isOld(row.touched())
                        && !links.referenced(digest)
                        && !round.isLeased(transaction, digest));
    }
}
