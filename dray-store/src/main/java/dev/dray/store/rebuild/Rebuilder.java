package dev.dray.store.rebuild;

import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.layer.rebuild.BlobRebuilder;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.pack.PackedLayer;
import java.io.IOException;
import java.io.OutputStream;

/// Rebuilds blobs from their recipes and the packs. Wrong bytes never leave: each segment of about 1 MiB is compared
/// first, and the last one of a whole blob waits for the digest. Works on the caller's thread, which should be a
/// platform thread, and on a few of its own. Thread safe.
public final class Rebuilder {
    /// More threads hardly rebuild one blob faster, and a store serves many.
    private static final int MOST_WORKERS = 4;

    public static final int WORKERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);

    /// The memory that all rebuilds together hold for runs that are being encoded or wait for those before them.
    public static final long SHARED = BlobRebuilder.memory(WORKERS);

    private final Catalog catalog;
    private final PackFiles packs;
    private final LayerPipeline pipeline;

    /// @param pipeline of [#WORKERS] workers
    public Rebuilder(Catalog catalog, PackFiles packs, LayerPipeline pipeline) {
        this.catalog = catalog;
        this.packs = packs;
        this.pipeline = pipeline;
    }

    /// The plain bytes of a layer.
    public PackedLayer tar(LayerTable.Row layer) {
        return new PackedLayer(catalog, packs, layer);
    }

    /// Rebuilds the whole blob into `out`.
    ///
    /// @throws DrayException of kind NOT_FOUND when it has no recipe, CORRUPT when it cannot be rebuilt any more,
    ///     UNSUPPORTED when its encoder is not known here
    public void rebuild(Digest blob, OutputStream out) throws IOException {
        rebuild(blob, 0, out);
    }

    /// Rebuilds the blob from `offset` to its end into `out`.
    ///
    /// @throws DrayException as [#rebuild(Digest, OutputStream)]
    public void rebuild(Digest blob, long offset, OutputStream out) throws IOException {
        Rows rows = rows(blob);
        BlobRecipe recipe = BlobRecipe.parse(rows.recipe().bytes());
        if (offset == 0) {
            pipeline.rebuild(recipe, tar(rows.layer()), out);
        } else {
            pipeline.rebuild(recipe, tar(rows.layer()), offset, recipe.size() - offset, out);
        }
    }

    private record Rows(RecipeTable.Row recipe, LayerTable.Row layer) {}

    private Rows rows(Digest blob) {
        return catalog.read(transaction -> transaction
                        .recipes()
                        .find(blob)
                        .flatMap(recipe ->
                                transaction.layers().find(recipe.layer()).map(layer -> new Rows(recipe, layer))))
                .orElseThrow(() -> new DrayException(Kind.NOT_FOUND, "there is no recipe of blob " + blob).about(blob));
    }
}
