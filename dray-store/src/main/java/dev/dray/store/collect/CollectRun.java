package dev.dray.store.collect;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One collection: what it goes by, and what it has freed so far. Not thread safe.
///
/// @param dead processes that did not live any more when it began; a process that came later lives for it
/// @param started when it began
/// @param cutoff what was touched after it stays
/// @param deadBlobs of which a dry run would have removed the recipes
/// @param deadLayers that were removed, or in a dry run would have been
record CollectRun(
        Catalog catalog,
        FileOperations files,
        Layout layout,
        Set<ProcessId> dead,
        Instant started,
        Instant cutoff,
        boolean dryRun,
        Set<Digest> deadBlobs,
        Set<Long> deadLayers,
        Pace pace,
        CollectReport.Tally tally) {
    /// Rows that one read transaction reads.
    static final int PAGE = 500;
    /// Rows that one commit removes: others wait no longer than that.
    static final int BATCH = 50;

    /// A list of the catalog, looked through at the pace of the round.
    <T, K> Pages<T, K> pages(Pages.Query<T, K> query, Function<T, K> key) {
        return Pages.of(catalog, PAGE, query, key).whilst(pace::next);
    }

    boolean isOld(Instant touched) {
        return !touched.isAfter(cutoff);
    }

    boolean isLeased(Transaction transaction, Digest digest) {
        return !dead.containsAll(transaction.processes().leases().holders(digest));
    }

    /// Removes those of `candidates` that are garbage still, a few in each transaction, and says which. In a
    /// dry run it only says which.
    ///
    /// @param garbage what is to be removed for a candidate, when that is garbage in this transaction
    <T, R> List<R> remove(
            Collection<T> candidates,
            BiFunction<Transaction, T, Optional<R>> garbage,
            BiConsumer<Transaction, R> removal) {
        List<R> gone = new ArrayList<>();
        List<T> all = List.copyOf(candidates);
        for (int from = 0; from < all.size() && pace.next(); from += BATCH) {
            List<T> some = all.subList(from, Math.min(all.size(), from + BATCH));
            gone.addAll(
                    dryRun
                            ? catalog.read(transaction -> found(transaction, some, garbage))
                            : catalog.write(transaction -> {
                                List<R> dead = found(transaction, some, garbage);
                                dead.forEach(one -> removal.accept(transaction, one));
                                return dead;
                            }));
        }
        return gone;
    }

    private static <T, R> List<R> found(
            Transaction transaction, List<T> some, BiFunction<Transaction, T, Optional<R>> garbage) {
        return some.stream()
                .map(one -> garbage.apply(transaction, one))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Removes a file that no row names any more, once that is durable.
    void unlink(Path file) throws IOException {
        if (!dryRun) {
            files.delete(file);
        }
    }
}
