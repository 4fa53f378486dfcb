package dev.dray.engine.adopt;

import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.host.KnownBlob;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.EncoderSearch;
import dev.dray.engine.adopt.search.Hints;
import dev.dray.engine.adopt.search.LayerRecipes;
import dev.dray.engine.adopt.search.SearchOutcome;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.engine.adopt.search.SearchedLayer.Outcome;
import dev.dray.layer.rebuild.GzipRebuilder;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.tarsplit.TarSplitLayer;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Rebuilds blobs of layers and compares their digests; a layer that several images share once only. Thread safe.
final class LayerChecker {
    private final LayerRecipes recipes;
    private final GzipRebuilder rebuilder;
    private final Map<Digest, SearchedLayer> checks = new ConcurrentHashMap<>();

    LayerChecker(LayerRecipes recipes, GzipRebuilder rebuilder) {
        this.recipes = recipes;
        this.rebuilder = rebuilder;
    }

    /// @param found encoders of other layers of the image
    SearchedLayer check(HostImage image, int index, List<EncoderId> found, AdoptListener listener) {
        HostLayer layer = image.layers().get(index);
        Digest key = layer.blob().map(KnownBlob::digest).orElse(layer.diffId());
        SearchedLayer known = checks.get(key);
        if (known == null) {
            known = new Checking(image, index, found, listener).run();
            checks.put(key, known);
        }
        return known;
    }

    /// One layer.
    private final class Checking {
        private final HostImage image;
        private final int index;
        private final HostLayer layer;
        private final List<EncoderId> found;
        private final AdoptListener listener;
        private final long started = System.nanoTime();
        private long tarSize;

        Checking(HostImage image, int index, List<EncoderId> found, AdoptListener listener) {
            this.image = image;
            this.index = index;
            this.layer = image.layers().get(index);
            this.found = found;
            this.listener = listener;
        }

        SearchedLayer run() {
            try {
                TarSplitLayer plain = layer.open();
                tarSize = plain.size();
                if (layer.blob().isEmpty()) {
                    EncoderSearch.requireDiffId(layer.diffId(), EncoderSearch.hash(plain));
                    return result(Outcome.NO_BLOB, Optional.empty(), 0, 0, "the engine knows no blob of it");
                }
                return known(layer.blob().get(), plain);
            } catch (DrayException failure) {
                return unreadable(failure.getMessage(), failure.advice());
            } catch (IOException failure) {
                return unreadable(failure.toString(), Optional.empty());
            }
        }

        private SearchedLayer known(KnownBlob blob, TarSplitLayer plain) throws IOException {
            if (blob.digest().equals(layer.diffId())) {
                EncoderSearch.requireDiffId(layer.diffId(), EncoderSearch.hash(plain));
                return result(Outcome.EXACT, Optional.empty(), plain.size(), 0, "");
            }
            Optional<GzipRecipe> remembered = recipes.remembered(blob);
            if (remembered.isPresent()) {
                rebuilder.rebuild(remembered.get(), plain, OutputStream.nullOutputStream());
                return exact(remembered.get(), 0);
            }
            return switch (recipes.search(layer, blob, plain, Hints.of(image, index, found), this::testing)) {
                case SearchOutcome.Found(GzipRecipe recipe, int tried) -> exact(recipe, tried);
                case SearchOutcome.Unknown(String reason, int tried) ->
                    result(Outcome.UNKNOWN, Optional.empty(), blob.size().orElse(0), tried, reason);
            };
        }

        private void testing(List<EncoderId> candidates, long done, long total) {
            listener.testing(layer, candidates, done, total);
        }

        private SearchedLayer exact(GzipRecipe recipe, int tried) {
            return result(Outcome.EXACT, Optional.of(recipe.encoder()), recipe.size(), tried, "");
        }

        private SearchedLayer unreadable(String reason, Optional<String> advice) {
            return new SearchedLayer(
                    layer, Outcome.UNREADABLE, Optional.empty(), tarSize, 0, 0, time(), reason, advice);
        }

        private SearchedLayer result(
                Outcome outcome, Optional<EncoderId> encoder, long size, int tried, String reason) {
            return new SearchedLayer(layer, outcome, encoder, tarSize, size, tried, time(), reason, Optional.empty());
        }

        private Duration time() {
            return Duration.ofNanos(System.nanoTime() - started);
        }
    }
}
