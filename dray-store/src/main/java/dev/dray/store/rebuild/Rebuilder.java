package dev.dray.store.rebuild;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.rebuild.BlobRebuilder;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.catalog.RecipeRow;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.pack.PackedLayer;
import java.io.IOException;
import java.io.OutputStream;

/// Makes blobs from their recipes and what is in the packs. Nothing that is wrong leaves: each segment of about 1
/// MiB is compared first, and of a whole blob the last one waits for the digest. Works on the caller's thread,
/// which should be a platform thread, and on some of its own. Thread safe.
public final class Rebuilder {
    /// More threads than this make one blob hardly faster, and a store serves many.
    private static final int MOST_WORKERS = 4;

    public static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);

    /// What all makings together hold of stretches that are being compressed or wait for those before them.
    public static final long SHARED = BlobRebuilder.memory(WORKERS);

    private final Catalog catalog;
    private final PackFiles packs;
    private final BlobRebuilder rebuilder = new BlobRebuilder(EncoderCatalog.standard(), WORKERS);

    public Rebuilder(Catalog catalog, PackFiles packs) {
        this.catalog = catalog;
        this.packs = packs;
    }

    /// The plain bytes of a layer.
    public PackedLayer tar(LayerRow layer) {
        return new PackedLayer(catalog, packs, layer);
    }

    /// Gives the whole blob to `out`.
    ///
    /// @throws DrayException of kind NOT_FOUND when it has no recipe, CORRUPT when it cannot be made any more,
    ///     UNSUPPORTED when its encoder is not known here
    public void make(Digest blob, OutputStream out) throws IOException {
        Order order = order(blob);
        make(order.recipe(), order.layer(), out);
    }

    /// Gives the whole blob of a recipe, which need not be in the catalog, to `out`.
    ///
    /// @throws DrayException of kind CORRUPT when it cannot be made from the layer, UNSUPPORTED when its
    ///     encoder is not known here
    public void make(BlobRecipe recipe, LayerRow layer, OutputStream out) throws IOException {
        rebuilder.rebuild(recipe, tar(layer), out);
    }

    /// Gives the blob from `offset` to its end to `out`.
    ///
    /// @throws DrayException as [#make(Digest, OutputStream)]
    public void make(Digest blob, long offset, OutputStream out) throws IOException {
        if (offset == 0) {
            make(blob, out);
        } else {
            Order order = order(blob);
            long length = order.recipe().size() - offset;
            rebuilder.rebuild(order.recipe(), tar(order.layer()), offset, length, out);
        }
    }

    /// Refuses a blob whose recipe names an encoder that this build does not have, however lately it was proven.
    ///
    /// @throws DrayException of kind UNSUPPORTED, with the encoder's name, NOT_FOUND when there is no recipe
    public void requireKnown(Digest blob) {
        rebuilder.requireKnown(order(blob).recipe());
    }

    /// What it takes.
    private record Order(BlobRecipe recipe, LayerRow layer) {}

    private record Rows(RecipeRow recipe, LayerRow layer) {}

    private Order order(Digest blob) {
        Rows rows = catalog.read(transaction -> transaction
                        .recipes()
                        .find(blob)
                        .flatMap(recipe ->
                                transaction.layers().find(recipe.layer()).map(layer -> new Rows(recipe, layer))))
                .orElseThrow(() -> new DrayException(Kind.NOT_FOUND, "there is no recipe of blob " + blob).about(blob));
        return new Order(BlobRecipe.parse(rows.recipe().bytes()), rows.layer());
    }
}
