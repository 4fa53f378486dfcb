package dev.dray.store.collect;

import dev.dray.store.catalog.ContentRow;
import dev.dray.store.catalog.PackRow;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Frees contents that no layer references, packs in which nothing lives, and the dead part of packs that are mostly
/// dead.
///
/// What lives is marked once. Each transaction that removes something asks whether a layer came since; then what that
/// layer needs is marked first. A splitter that counts on a content which goes notices when it publishes: its layer's
/// transaction looks the contents up again when a pack is gone or of another generation.
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
        List<PackRow> packs = packs();
        if (packs.isEmpty() || !marking.proceed()) {
            return;
        }
        long last = packs.getLast().id();
        if (!removeContents(last)) {
            return;
        }
        List<PackRow> mostlyDead = new ArrayList<>();
        for (PackRow pack : packs) {
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

    /// Those that are there now: what comes later belongs to layers that come later.
    private List<PackRow> packs() {
        return Pages.of(
                        round.catalog(),
                        CollectRun.PAGE,
                        (transaction, last, limit) -> transaction.packs().list(last.orElse(0L), limit),
                        PackRow::id)
                .all();
    }

    /// @return false when it was stopped
    private boolean removeContents(long lastPack) throws IOException {
        for (List<ContentRow> page : round.pages(
                (transaction, last, limit) -> transaction.contents().list(last, limit), ContentRow::digest)) {
            List<ContentRow> dead = page.stream()
                    .filter(content -> content.pack() <= lastPack && isDead(content))
                    .toList();
            for (int at = 0; at < dead.size(); at += CollectRun.BATCH) {
                List<ContentRow> some = dead.subList(at, Math.min(dead.size(), at + CollectRun.BATCH));
                Optional<List<ContentRow>> gone = unlessLayersCame(
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

    private boolean isDead(ContentRow content) {
        return !marking.marks().isAlive(content.pack(), content.offset());
    }

    private List<ContentRow> removeContents(Transaction transaction, List<ContentRow> dead) {
        List<ContentRow> still = dead.stream()
                .filter(content -> transaction.contents().find(content.digest()).equals(Optional.of(content)))
                .toList();
        if (!round.dryRun()) {
            still.forEach(content -> transaction.contents().delete(content.digest()));
            still.stream().map(ContentRow::pack).distinct().forEach(transaction.packs()::nextGeneration);
        }
        return still;
    }

    private void removePack(PackRow pack) throws IOException {
        Predicate<PackRow> isDead = row -> marking.marks().living(row.id()) == 0;
        Optional<List<PackRow>> gone =
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

    /// What may be removed, as the marks say at the moment.
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
    /// @return what was removed; empty when it was stopped
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
