package dev.dray.engine.adopt;

import dev.dray.layer.recipe.EncoderCatalog;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.GzipRebuilder;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.tarsplit.TarSplitLayer;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Gets the original blobs out of the stores of other engines: the entry to this room.
///
/// Reads those stores only; what it finds out goes to a [Recollection]. Thread safe; holds nothing open.
public final class Adopter {
    /// Up to this size of a blob layers are looked at one by one: they tell the encoder of the large ones in no time.
    private static final long SMALL = 2 << 20;

    private final EncoderCatalog catalog = EncoderCatalog.standard();
    private final int workers;
    private final LayerRecipes recipes;
    private final Map<Digest, LayerCheck> checks = new ConcurrentHashMap<>();

    /// @param workers how many encoders run at once, at least one
    public Adopter(Recollection recollection, Beginnings beginnings, int workers) {
        this.workers = workers;
        this.recipes = new LayerRecipes(catalog, workers, recollection, beginnings);
    }

    /// An image as a place that images come from. Recipes are looked for when a layer is opened.
    public AdoptedImage source(HostImage image, AdoptListener listener) {
        return new AdoptedImage(image, this, listener);
    }

    /// Makes the blobs of an image again, all that it can, and compares their digests.
    public ImageCheck check(HostImage image, AdoptListener listener) throws IOException {
        return new ImageCheck(
                image.shownName(),
                image.manifest().map(manifest -> manifest.raw().sha256()),
                new Run(image, listener).check());
    }

    /// How to make the blob of a layer.
    ///
    /// @throws DrayException of kind UNSUPPORTED when its encoder is not known
    GzipRecipe recipe(HostImage image, int index, AdoptListener listener) throws IOException {
        HostLayer layer = image.layers().get(index);
        EncoderSearch.Progress progress = progress(layer, listener);
        Optional<KnownBlob> blob = layer.blob();
        if (blob.isEmpty()) {
            return recipes.make(layer, progress);
        }
        Optional<GzipRecipe> remembered = recipes.remembered(blob.get());
        if (remembered.isPresent()) {
            return remembered.get();
        }
        List<EncoderId> neighbours = new ArrayList<>();
        for (HostLayer other : image.layers()) {
            other.blob().flatMap(recipes::remembered).map(GzipRecipe::encoder).ifPresent(neighbours::add);
        }
        return switch (recipes.search(layer, blob.get(), layer.open(), Hints.of(image, index, neighbours), progress)) {
            case SearchOutcome.Found(GzipRecipe recipe, int _) -> recipe;
            case SearchOutcome.Unknown(String reason, int _) ->
                throw new DrayException(
                                DrayException.Kind.UNSUPPORTED,
                                "layer %s cannot be given back as it came: %s"
                                        .formatted(blob.get().digest(), reason))
                        .about(blob.get().digest())
                        .advising("dray pull brings it from its registry");
        };
    }

    GzipRebuilder rebuilder() {
        return new GzipRebuilder(catalog, workers);
    }

    private static EncoderSearch.Progress progress(HostLayer layer, AdoptListener listener) {
        return (candidates, done, total) -> listener.testing(layer, candidates, done, total);
    }

    /// One check of one image.
    private final class Run {
        private final HostImage image;
        private final AdoptListener listener;
        private final List<EncoderId> found = new CopyOnWriteArrayList<>();

        Run(HostImage image, AdoptListener listener) {
            this.image = image;
            this.listener = listener;
        }

        List<LayerCheck> check() throws IOException {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < image.layers().size(); i++) {
                order.add(i);
            }
            order.sort(Comparator.comparingLong(this::size));
            LayerCheck[] checks = new LayerCheck[order.size()];
            int at = 0;
            while (at < order.size() && (size(order.get(at)) <= SMALL || found.isEmpty())) {
                checks[order.get(at)] = check(order.get(at));
                at++;
            }
            large(order.subList(at, order.size()).reversed(), checks);
            return List.of(checks);
        }

        private long size(int index) {
            return image.layers()
                    .get(index)
                    .blob()
                    .map(blob -> blob.size().orElse(0))
                    .orElse(0L);
        }

        /// The largest first, so that none is left alone at the end.
        private void large(List<Integer> order, LayerCheck[] checks) throws IOException {
            if (order.isEmpty()) {
                return;
            }
            ExecutorService threads = Executors.newFixedThreadPool(
                    workers, Thread.ofPlatform().daemon().name("check-", 0).factory());
            try {
                List<Future<LayerCheck>> results =
                        order.stream().map(i -> threads.submit(() -> check(i))).toList();
                for (int i = 0; i < order.size(); i++) {
                    checks[order.get(i)] = results.get(i).get();
                }
            } catch (ExecutionException e) {
                throw new IOException("a layer could not be checked", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DrayException(DrayException.Kind.CANCELLED, "interrupted while layers were checked", e);
            } finally {
                threads.shutdownNow();
                threads.close();
            }
        }

        private LayerCheck check(int index) {
            HostLayer layer = image.layers().get(index);
            Digest key = layer.blob().map(KnownBlob::digest).orElse(layer.diffId());
            LayerCheck check = checks.get(key);
            if (check == null) {
                check = new LayerChecking(layer, index).run();
                checks.put(key, check);
            }
            check.encoder().filter(id -> !found.contains(id)).ifPresent(id -> found.addFirst(id));
            listener.checked(check);
            return check;
        }

        /// One layer.
        private final class LayerChecking {
            private final HostLayer layer;
            private final int index;
            private final long started = System.nanoTime();
            private long tarSize;

            LayerChecking(HostLayer layer, int index) {
                this.layer = layer;
                this.index = index;
            }

            LayerCheck run() {
                try {
                    TarSplitLayer plain = layer.open();
                    tarSize = plain.size();
                    Optional<KnownBlob> blob = layer.blob();
                    if (blob.isEmpty()) {
                        EncoderSearch.requireDiffId(layer.diffId(), EncoderSearch.hash(plain));
                        return result(
                                LayerCheck.Outcome.NO_BLOB, Optional.empty(), 0, 0, "the engine knows no blob of it");
                    }
                    return known(blob.get(), plain);
                } catch (DrayException failure) {
                    return unreadable(Optional.ofNullable(failure.getMessage()).orElse("no reason"));
                } catch (IOException failure) {
                    return unreadable(failure.toString());
                }
            }

            private LayerCheck known(KnownBlob blob, TarSplitLayer plain) throws IOException {
                if (blob.digest().equals(layer.diffId())) {
                    EncoderSearch.requireDiffId(layer.diffId(), EncoderSearch.hash(plain));
                    return result(LayerCheck.Outcome.EXACT, Optional.empty(), plain.size(), 0, "");
                }
                Optional<GzipRecipe> remembered = recipes.remembered(blob);
                if (remembered.isPresent()) {
                    rebuilder().rebuild(remembered.get(), plain, OutputStream.nullOutputStream());
                    return exact(remembered.get(), 0);
                }
                Hints hints = Hints.of(image, index, found);
                return switch (recipes.search(layer, blob, plain, hints, progress(layer, listener))) {
                    case SearchOutcome.Found(GzipRecipe recipe, int tried) -> exact(recipe, tried);
                    case SearchOutcome.Unknown(String reason, int tried) ->
                        result(
                                LayerCheck.Outcome.UNKNOWN,
                                Optional.empty(),
                                blob.size().orElse(0),
                                tried,
                                reason);
                };
            }

            private LayerCheck exact(GzipRecipe recipe, int tried) {
                return result(LayerCheck.Outcome.EXACT, Optional.of(recipe.encoder()), recipe.size(), tried, "");
            }

            private LayerCheck unreadable(String reason) {
                return result(LayerCheck.Outcome.UNREADABLE, Optional.empty(), 0, 0, reason);
            }

            private LayerCheck result(
                    LayerCheck.Outcome outcome, Optional<EncoderId> encoder, long size, int tried, String reason) {
                return new LayerCheck(
                        layer,
                        outcome,
                        encoder,
                        tarSize,
                        size,
                        tried,
                        Duration.ofNanos(System.nanoTime() - started),
                        reason);
            }
        }
    }
}
