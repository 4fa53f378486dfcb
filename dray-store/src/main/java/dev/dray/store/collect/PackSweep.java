package dev.dray.store.collect;

import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Frees contents that no layer references, packs without living contents, and the dead part of mostly dead packs.
///
/// # Idea
///
/// The tar recipes of all layers are read once, and each content that they name sets a bit ([Marks]). All contents and
/// packs that were there before the marking and have no bit are dead, unless a layer has come since. Each transaction
/// that removes something compares the number of the newest layer with that of the last one marked; when it differs,
/// nothing is removed, the new layers are marked, and the candidates are computed again.
///
/// # Invariants
///
/// * Nothing is removed in a transaction before which a layer was published and not marked.
/// * A splitter may rely on a content of the store ([dev.dray.store.pack.KnownContents]) without a row that says so. A
///   removal from a pack raises the pack's generation; the transaction that publishes the layer compares it, looks the
///   contents up again where it has changed, and splits again when one is gone.
/// * Only packs that were there at the start are swept: later ones belong to later layers.
/// * The row of a pack goes before its file; readers that come too late ask for the place again.
///
/// # Locks
///
/// None beyond the collector's claim: write transactions are short, and marking reads pages between them.
///
/// # Why not otherwise
///
/// Counts of references in the rows of contents would cost a write for every file of every layer that shares it, at the
/// time of the push, where marking costs reads, at the time of a collection. A set of digests in memory takes 32 bytes
/// for each content; a bit for every 2 KiB of packs takes 64 KiB for each GiB.
final class PackSweep {
    private final CollectRun round;
    private final Marking marking;
    private final Repacking repacking;

    PackSweep(CollectRun round, Marking marking, Repacking repacking) {
        this.round = round;
        this.marking = marking;
        this.repacking = repacking;
    }

    /// @param repack whether packs that are mostly dead are written anew
    void run(boolean repack) throws IOException {
        List<PackTable.Row> packs = packs();
        if (packs.isEmpty() || !marking.proceed()) {
            return;
        }
        long last = packs.getLast().id();
        if (!removeContents(last)) {
            return;
        }
        List<PackTable.Row> mostlyDead = new ArrayList<>();
        for (PackTable.Row pack : packs) {
            long living = marking.marks().living(pack.id());
            if (living == 0) {
                removePack(pack);
            } else if (living < pack.rawSize() / 2 && !pack.damaged()) {
                mostlyDead.add(pack);
            }
        }
        if (repack) {
            repacking.run(mostlyDead, marking.marks());
        }
    }

    /// The packs that are there now; later ones belong to later layers.
    private List<PackTable.Row> packs() {
        return Pages.of(
                        round.catalog(),
                        CollectRun.PAGE,
                        (transaction, last, limit) -> transaction.packs().list(last.orElse(0L), limit),
                        PackTable.Row::id)
                .all();
    }

    /// @return false when it was stopped
    private boolean removeContents(long lastPack) throws IOException {
        for (List<ContentTable.Row> page : round.pages(
                (transaction, last, limit) -> transaction.contents().list(last, limit), ContentTable.Row::digest)) {
            List<ContentTable.Row> dead = page.stream()
                    .filter(content -> content.pack() <= lastPack && isDead(content))
                    .toList();
            for (int at = 0; at < dead.size(); at += CollectRun.BATCH) {
                List<ContentTable.Row> some = dead.subList(at, Math.min(dead.size(), at + CollectRun.BATCH));
                Optional<List<ContentTable.Row>> gone = unlessLayersCame(
                        () -> some.stream().filter(this::isDead).toList(), this::removeContents);
                if (gone.isEmpty()) {
                    return false;
                }
                gone.get()
                        .forEach(content -> round.tally()
                                .add(CollectedKind.CONTENT, content.digest().toString(), 0));
            }
        }
        return round.pace().next();
    }

    private boolean isDead(ContentTable.Row content) {
        return !marking.marks().isAlive(content.pack(), content.offset());
    }

    private List<ContentTable.Row> removeContents(Transaction transaction, List<ContentTable.Row> dead) {
        List<ContentTable.Row> still = dead.stream()
                .filter(content -> transaction.contents().find(content.digest()).equals(Optional.of(content)))
                .toList();
        if (!round.dryRun()) {
            still.forEach(content -> transaction.contents().delete(content.digest()));
            still.stream().map(ContentTable.Row::pack).distinct().forEach(transaction.packs()::nextGeneration);
        }
        return still;
    }

    private void removePack(PackTable.Row pack) throws IOException {
        Predicate<PackTable.Row> isDead = row -> marking.marks().living(row.id()) == 0;
        Optional<List<PackTable.Row>> gone =
                unlessLayersCame(() -> List.of(pack).stream().filter(isDead).toList(), (transaction, dead) -> {
                    if (!round.dryRun()) {
                        dead.forEach(row -> transaction.packs().delete(row.id()));
                    }
                    return dead;
                });
        if (gone.isPresent() && !gone.get().isEmpty()) {
            round.unlink(round.layout().packs().resolve(pack.file()));
            round.tally().add(CollectedKind.PACK, pack.file(), pack.size());
        }
    }

    /// Computes the rows to remove, by the present marks.
    @FunctionalInterface
    private interface Candidates<T> {
        List<T> find();
    }

    @FunctionalInterface
    private interface Removal<T> {
        List<T> remove(Transaction transaction, List<T> dead);
    }

    /// Removes in a transaction before which everything alive was marked.
    ///
    /// @return the removed rows; empty when it was stopped
    private <T> Optional<List<T>> unlessLayersCame(Candidates<T> candidates, Removal<T> removal) throws IOException {
        while (round.pace().next()) {
            List<T> dead = candidates.find();
            if (dead.isEmpty()) {
                return Optional.of(dead);
            }
            Function<Transaction, Optional<List<T>>> step =
                    transaction -> transaction.layers().newest() == marking.newest()
                            ? Optional.of(removal.remove(transaction, dead))
                            : Optional.empty();
            Optional<List<T>> done = round.dryRun()
                    ? round.catalog().read(step::apply)
                    : round.catalog().write(step::apply);
            if (done.isPresent() || !marking.proceed()) {
                return done;
            }
        }
        return Optional.empty();
    }
}
