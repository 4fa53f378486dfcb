package dev.dray.store.collect;

import dev.dray.store.catalog.LayerRow;
import dev.dray.store.catalog.RecipeRow;
import dev.dray.store.catalog.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Removes layers from which no blob is made, and on which nobody has a lease.
record LayerSweep(CollectRun round) {
    void run() {
        for (List<LayerRow> page : round.pages(
                (transaction, last, limit) -> transaction.layers().list(last.orElse(0L), limit), LayerRow::id)) {
            remove(page.stream()
                    .filter(layer -> round.isOld(layer.created()))
                    .map(LayerRow::id)
                    .toList());
        }
    }

    /// Removes those of `layers` that are garbage.
    void remove(Collection<Long> layers) {
        List<LayerRow> gone = round.remove(
                layers,
                this::garbage,
                (transaction, layer) -> transaction.layers().delete(layer.id()));
        for (LayerRow layer : gone) {
            round.tally().add(CollectedKind.LAYER, layer.diffId().toString(), 0);
            round.deadLayers().add(layer.id());
        }
    }

    private Optional<LayerRow> garbage(Transaction transaction, long id) {
        return transaction
                .layers()
                .find(id)
                .filter(layer -> round.isOld(layer.created())
                        && transaction.recipes().of(id).stream()
                                .map(RecipeRow::digest)
                                .allMatch(round.deadBlobs()::contains)
                        && !round.isLeased(transaction, layer.diffId()));
    }
}
