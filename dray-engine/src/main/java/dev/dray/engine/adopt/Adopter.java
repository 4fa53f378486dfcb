package dev.dray.engine.adopt;

import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.host.KnownBlob;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.EncoderSearch;
import dev.dray.engine.adopt.search.Hints;
import dev.dray.engine.adopt.search.LayerRecipes;
import dev.dray.engine.adopt.search.RecipeCache;
import dev.dray.engine.adopt.search.SearchOutcome;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.rebuild.GzipRebuilder;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Gets the original blobs out of the stores of other engines: the entry to this room.
///
/// Reads those stores only; what it finds out goes to a [RecipeCache]. Thread safe; holds nothing open.
public final class Adopter {
    /// Heap for each worker: what a rebuild of a layer reserves, and as much again for what it leaves behind.
    private static final long WORKER_MEMORY = 32L << 20;

    private final EncoderCatalog catalog = EncoderCatalog.standard();
    private final int workers;
    private final LayerRecipes recipes;
    private final LayerChecker checker;
    private final Lock searching = new ReentrantLock();

    /// @param workers how many encoders run at once, at least one; fewer do where the heap has no room for them
    public Adopter(RecipeCache recollection, BlobPrefixes beginnings, int workers, Effort effort) {
        this.workers = Math.clamp(Runtime.getRuntime().maxMemory() / WORKER_MEMORY, 1, workers);
        this.recipes = new LayerRecipes(catalog, this.workers, recollection, beginnings, effort);
        this.checker = new LayerChecker(recipes, rebuilder());
    }

    /// An image as a place that images come from. Recipes are looked for when a layer is opened.
    public AdoptedImage source(HostImage image, AdoptListener listener) {
        return new AdoptedImage(image, this, listener);
    }

    /// Rebuilds the blobs of an image, as far as possible, and compares their digests.
    public ImageCheck check(HostImage image, AdoptListener listener) throws IOException {
        return new ImageCheck(
                image.shownName(),
                image.manifest().map(manifest -> manifest.raw().sha256()),
                image.unoriginal(),
                new ImageChecking(image, checker, listener, workers).run());
    }

    /// Finds the recipe of a layer's blob. One search at a time, so that memory is bounded.
    ///
    /// @throws DrayException of kind UNSUPPORTED when its encoder is not known
    GzipRecipe recipe(HostImage image, int index, AdoptListener listener) throws IOException {
        HostLayer layer = image.layers().get(index);
        Optional<GzipRecipe> remembered = layer.blob().flatMap(recipes::remembered);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        searching.lock();
        try {
            if (layer.blob().isEmpty()) {
                return recipes.compress(layer, progress(layer, listener));
            }
            return search(image, index, layer.blob().get(), listener);
        } finally {
            searching.unlock();
        }
    }

    private GzipRecipe search(HostImage image, int index, KnownBlob blob, AdoptListener listener) throws IOException {
        Optional<GzipRecipe> remembered = recipes.remembered(blob);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        HostLayer layer = image.layers().get(index);
        Hints hints = Hints.of(image, index, neighbours(image));
        return switch (recipes.search(layer, blob, layer.open(), hints, progress(layer, listener))) {
            case SearchOutcome.Found(GzipRecipe recipe, int _) -> recipe;
            case SearchOutcome.Unknown(String reason, int _) ->
                throw new DrayException(
                                DrayException.Kind.UNSUPPORTED,
                                "layer %s cannot be given back as it came: %s".formatted(blob.digest(), reason))
                        .about(blob.digest())
                        .advising("dray pull brings it from its registry");
        };
    }

    private List<EncoderId> neighbours(HostImage image) {
        return image.layers().stream()
                .flatMap(layer -> layer.blob().flatMap(recipes::remembered).stream())
                .map(GzipRecipe::encoder)
                .distinct()
                .toList();
    }

    GzipRebuilder rebuilder() {
        return new GzipRebuilder(catalog, workers);
    }

    private static EncoderSearch.Progress progress(HostLayer layer, AdoptListener listener) {
        return (candidates, done, total) -> listener.testing(layer, candidates, done, total);
    }
}
