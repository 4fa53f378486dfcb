package dev.dray.store.collect;

import dev.dray.layer.tar.recipe.TarPiece.Reference;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.Pages;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.pack.PackedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds what of the packs is alive, by reading the tar recipes of all living layers. Not thread safe.
final class Marking {
    private static final int LAYERS = 50;

    private final CollectRun round;
    private final PackFiles packs;
    private final Marks marks = new Marks();
    private long newest;

    Marking(CollectRun round, PackFiles packs) {
        this.round = round;
        this.packs = packs;
    }

    Marks marks() {
        return marks;
    }

    /// The newest layer that was inserted before everything up to it was marked.
    long newest() {
        return newest;
    }

    /// Marks what the layers need that came since the last time.
    ///
    /// @return false when it was stopped: then not everything alive is marked
    /// @throws DrayException of kind CORRUPT when a recipe cannot be read: then nobody knows what is alive
    boolean proceed() throws IOException {
        long before = newest;
        long reached = round.catalog().read(transaction -> transaction.layers().newest());
        for (List<LayerTable.Row> page : Pages.of(
                round.catalog(),
                LAYERS,
                (transaction, last, limit) -> transaction.layers().list(last.orElse(before), limit),
                LayerTable.Row::id)) {
            for (LayerTable.Row layer : page) {
                if (!round.pace().next()) {
                    return false;
                }
                if (!round.deadLayers().contains(layer.id())) {
                    mark(layer);
                }
            }
        }
        newest = reached;
        return true;
    }

    private void mark(LayerTable.Row layer) throws IOException {
        marks.parts(layer);
        try (InputStream stream = new PackedLayer(round.catalog(), packs, layer).recipe()) {
            TarRecipeReader recipe = new TarRecipeReader(stream);
            List<Reference> waiting = new ArrayList<>();
            for (Optional<Reference> next = recipe.nextReference(); next.isPresent(); next = recipe.nextReference()) {
                if (next.get().size() >= ContentTable.SMALLEST) {
                    waiting.add(next.get());
                }
                if (waiting.size() == CollectRun.PAGE) {
                    find(waiting).forEach(marks::content);
                    waiting.clear();
                }
            }
            find(waiting).forEach(marks::content);
        } catch (DrayException e) {
            boolean collected = e.kind() == Kind.NOT_FOUND
                    && round.catalog()
                            .read(transaction ->
                                    transaction.layers().find(layer.id()).isEmpty());
            if (!collected) {
                throw new DrayException(
                                e.kind(),
                                "the packs cannot be collected: recipe of layer %s: %s"
                                        .formatted(layer.diffId(), e.getMessage()),
                                e)
                        .about(layer.diffId())
                        .advising("find out with dray fsck what is damaged, and pull those images again");
            }
        }
    }

    private List<ContentTable.Row> find(List<Reference> references) {
        return round.catalog()
                .read(transaction -> references.stream()
                        .map(reference -> transaction.contents().find(reference.digest()))
                        .flatMap(Optional::stream)
                        .toList());
    }
}
