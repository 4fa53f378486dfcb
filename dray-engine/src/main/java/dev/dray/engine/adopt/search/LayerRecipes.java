package dev.dray.engine.adopt.search;

import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.host.KnownBlob;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipBeginning;
import dev.dray.layer.prove.GzipTarget;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.tarsplit.TarSplitLayer;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the recipes of layers: in the cache, or by search. Thread safe.
public final class LayerRecipes {
    private final EncoderCatalog catalog;
    private final EncoderSearch search;
    private final RecipeCache cache;
    private final BlobPrefixes beginnings;
    private final Effort effort;

    public LayerRecipes(
            EncoderCatalog catalog, int workers, RecipeCache cache, BlobPrefixes beginnings, Effort effort) {
        this.catalog = catalog;
        this.search = new EncoderSearch(catalog, workers);
        this.cache = cache;
        this.beginnings = beginnings;
        this.effort = effort;
    }

    /// A recipe that was found before; not proven against the layer as it is now.
    public Optional<GzipRecipe> remembered(KnownBlob blob) {
        return cache.recipe(blob.digest());
    }

    /// Looks for the encoder of a gzip blob.
    ///
    /// @param hints about the encoder of the layer
    public SearchOutcome search(
            HostLayer layer, KnownBlob blob, TarSplitLayer plain, Hints hints, EncoderSearch.Progress progress)
            throws IOException {
        if (blob.digest().algorithm() != Digest.Algorithm.SHA256) {
            return new SearchOutcome.Unknown("only blobs named by SHA-256 are rebuilt", 0);
        }
        if (!isGzip(blob)) {
            return new SearchOutcome.Unknown("blobs of type %s are not rebuilt".formatted(blob.mediaType()), 0);
        }
        GzipTarget target = GzipTarget.of(blob.digest(), blob.size());
        Optional<RawBytes> first = beginnings.of(layer);
        Optional<GzipBeginning> beginning = first.isPresent() ? GzipBeginning.of(first.get()) : Optional.empty();
        if (beginning.isPresent()) {
            EncoderSearch.Task task = new EncoderSearch.Task(
                    plain, layer.diffId(), target.beginningWith(first.get()), told(beginning.get(), hints), false);
            return remember(blob, search.search(task, progress));
        }
        List<Candidate> all = effort.candidates();
        if (cache.triedInVain(blob.digest()) >= all.size()) {
            EncoderSearch.requireDiffId(layer.diffId(), EncoderSearch.hash(plain));
            return new SearchOutcome.Unknown(
                    "none of %d known encoders makes it (tried before)".formatted(all.size()) + effort.leftOut(), 0);
        }
        return remember(
                blob,
                search.search(
                        new EncoderSearch.Task(plain, layer.diffId(), target, hints.order(all), hints.isTelling()),
                        progress));
    }

    /// Encoders that the blob's marks speak for, then all others that are known: those that do not fit
    /// are over at once, and the marks of so few bytes can mislead.
    private List<Candidate> told(GzipBeginning beginning, Hints hints) {
        Set<EncoderId> ids = new LinkedHashSet<>(beginning.candidates(catalog));
        hints.order(effort.candidates()).forEach(candidate -> ids.add(candidate.encoder()));
        return ids.stream()
                .map(id -> Candidate.of(id, beginning.header().raw()))
                .toList();
    }

    private static boolean isGzip(KnownBlob blob) {
        return blob.mediaType().value().endsWith("gzip");
    }

    private SearchOutcome remember(KnownBlob blob, SearchOutcome outcome) {
        return switch (outcome) {
            case SearchOutcome.Found(GzipRecipe recipe, int _) -> {
                cache.found(recipe);
                yield outcome;
            }
            case SearchOutcome.Unknown(String reason, int tried) -> {
                cache.triedInVain(blob.digest(), tried);
                yield new SearchOutcome.Unknown(reason + effort.leftOut(), tried);
            }
        };
    }

    /// Encodes a layer that never had a blob with Dray's own profile; the same bytes, and the same digest, every
    /// time.
    public GzipRecipe compress(HostLayer layer, EncoderSearch.Progress progress) throws IOException {
        Optional<GzipRecipe> made = cache.made(layer.diffId());
        if (made.isPresent()) {
            return made.get();
        }
        TarSplitLayer plain = layer.open();
        SearchOutcome outcome = search.search(
                new EncoderSearch.Task(plain, layer.diffId(), GzipTarget.any(), List.of(Candidates.own()), true),
                progress);
        return switch (outcome) {
            case SearchOutcome.Found(GzipRecipe recipe, int _) -> {
                cache.made(layer.diffId(), recipe);
                yield recipe;
            }
            case SearchOutcome.Unknown(String reason, int _) ->
                throw new DrayException(DrayException.Kind.CORRUPT, reason).about(layer.diffId());
        };
    }
}
