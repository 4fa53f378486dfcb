package dev.dray.store.collect;

import dev.dray.model.Digest;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.BlobTable.BlobUse;
import dev.dray.store.catalog.Transaction;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Frees blobs that no manifest references and no lease covers, and that nobody has touched for as long as the grace.
///
/// The row goes first, the file after the commit: what is unlinked is a file that no row can name again, since names of
/// files are never used twice. A crash between the two leaves an orphan.
record BlobSweep(CollectRun round) {
    void run() throws IOException {
        for (List<BlobUse> page :
                round.pages((transaction, last, limit) -> transaction.blobs().list(last, limit), BlobUse::digest)) {
            remove(page.stream()
                    .filter(use -> !use.referenced() && round.isOld(use.row().touched()))
                    .map(use -> use.row().digest())
                    .toList());
        }
    }

    /// Removes those of `digests` that are garbage.
    void remove(Collection<Digest> digests) throws IOException {
        List<BlobTable.Row> gone = round.remove(
                digests,
                this::garbage,
                (transaction, row) -> transaction.blobs().remove(row.digest()));
        if (round.dryRun()) {
            gone.forEach(row -> round.deadBlobs().add(row.digest()));
        }
        for (BlobTable.Row row : gone) {
            switch (row.location()) {
                case BlobLocation.Inline() ->
                    round.tally().add(CollectedKind.INLINE, row.digest().toString(), row.size());
                case BlobLocation.Rebuilt() ->
                    round.tally().add(CollectedKind.REBUILT, row.digest().toString(), 0);
                case BlobLocation.File(String name) -> {
                    round.unlink(round.layout().blob(name));
                    round.tally().add(CollectedKind.FILE, row.digest().toString(), row.size());
                }
            }
        }
    }

    /// The blob's row, when it is garbage.
    private Optional<BlobTable.Row> garbage(Transaction transaction, Digest digest) {
        return transaction
                .blobs()
                .find(digest)
                .filter(row -> round.isOld(row.touched())
                        && !transaction.blobs().isReferenced(digest)
                        && !round.isLeased(transaction, digest));
    }
}
