package dev.dray.store.check;

import dev.dray.layer.tar.recipe.TarPiece.Reference;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.Pages;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.pack.PackedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks that all parts of a layer are where the catalog says. A place that is lost or wrong is taken
/// from the packs' footers again; what no pack has is told with the images that need it.
final class LayerCheck {
    private static final int LAYERS = 50;

    private final Examination examination;
    private final PackFiles packs;
    private final PackCheck checked;

    LayerCheck(Examination examination, PackFiles packs, PackCheck checked) {
        this.examination = examination;
        this.packs = packs;
        this.checked = checked;
    }

    /// @return how many there are
    long run() throws IOException {
        long count = 0;
        for (List<LayerTable.Row> page : Pages.of(
                examination.catalog,
                LAYERS,
                (transaction, last, limit) -> transaction.layers().list(last.orElse(0L), limit),
                LayerTable.Row::id)) {
            for (LayerTable.Row layer : page) {
                check(layer);
            }
            count += page.size();
        }
        return count;
    }

    private void check(LayerTable.Row layer) throws IOException {
        Set<Digest> lost = new LinkedHashSet<>();
        try (InputStream stream = new PackedLayer(examination.catalog, packs, layer).recipe()) {
            TarRecipeReader recipe = new TarRecipeReader(stream);
            for (Optional<Reference> next = recipe.nextReference(); next.isPresent(); next = recipe.nextReference()) {
                if (next.get().size() >= ContentTable.SMALLEST && !isThere(next.get())) {
                    lost.add(next.get().digest());
                }
            }
        } catch (DrayException e) {
            suffers(layer, "its tar recipe cannot be read: " + e.getMessage());
            return;
        }
        long smalls = layer.smalls().stream()
                .filter(extent -> !checked.isWhole(extent.pack()))
                .count();
        List<Digest> gone = find(List.copyOf(lost));
        if (!gone.isEmpty() || smalls > 0) {
            suffers(
                    layer,
                    "%d of its contents are lost%s".formatted(gone.size(), smalls > 0 ? ", and small ones" : ""));
        }
    }

    private boolean isThere(Reference reference) {
        return examination
                .catalog
                .read(transaction -> transaction.contents().find(reference.digest()))
                .filter(content -> content.size() == reference.size() && checked.agrees(content))
                .isPresent();
    }

    /// @return those of `lost` that no whole pack has
    private List<Digest> find(List<Digest> lost) {
        if (lost.isEmpty()) {
            return lost;
        }
        Map<Digest, ContentTable.Row> found = checked.search(lost);
        if (examination.options.repair()) {
            examination.catalog.change(transaction -> found.values().forEach(content -> {
                boolean there = transaction.packs().find(content.pack()).isPresent();
                if (there && transaction.contents().find(content.digest()).isPresent()) {
                    transaction.contents().move(content);
                } else if (there) {
                    transaction.contents().add(content);
                }
            }));
        }
        found.keySet()
                .forEach(digest -> examination.found(
                        Finding.Kind.CONTENT,
                        digest.toString(),
                        "the catalog has lost its place in a pack",
                        examination.options.repair()));
        return lost.stream().filter(digest -> !found.containsKey(digest)).toList();
    }

    private void suffers(LayerTable.Row layer, String what) {
        boolean there = examination
                .catalog
                .read(transaction -> transaction.layers().find(layer.id()))
                .isPresent();
        if (there) {
            List<Digest> blobs = examination.madeFrom(layer.id());
            examination.markDamaged(blobs);
            examination.found(Finding.Kind.LAYER, layer.diffId().toString(), what, blobs);
        }
    }
}
