package dev.dray.store.collect;

import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.catalog.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Removes layers from which no blob is rebuilt, and which no lease covers.
record LayerSweep(CollectRun round) {
    void run() {
        for (List<LayerTable.Row> page : round.pages(
                (transaction, last, limit) -> transaction.layers().list(last.orElse(0L), limit), LayerTable.Row::id)) {
            remove(page.stream()
                    .filter(layer -> round.isOld(layer.created()))
                    .map(LayerTable.Row::id)
                    .toList());
        }
    }

    /// Removes those of `layers` that are garbage.
    void remove(Collection<Long> layers) {
        List<LayerTable.Row> gone = round.remove(
                layers,
                this::garbage,
                (transaction, layer) -> transaction.layers().delete(layer.id()));
        for (LayerTable.Row layer : gone) {
            round.tally().add(CollectedKind.LAYER, layer.diffId().toString(), 0);
            round.deadLayers().add(layer.id());
        }
    }

    private Optional<LayerTable.Row> garbage(Transaction transaction, long id) {
        return transaction
                .layers()
                .find(id)
                .filter(layer -> round.isOld(layer.created())
                        && transaction.recipes().of(id).stream()
                                .map(RecipeTable.Row::digest)
                                .allMatch(round.deadBlobs()::contains)
                        && !round.isLeased(transaction, layer.diffId()));
    }
}
