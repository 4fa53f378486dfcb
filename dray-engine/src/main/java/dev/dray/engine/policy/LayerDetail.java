package dev.dray.engine.policy;

import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.layer.recipe.Segment;
import dev.dray.layer.tar.recipe.TarPiece;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.store.Store;
import dev.dray.store.catalog.ContentRow;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.catalog.Provenance.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that is known of one layer's blob.
///
/// @param seen registries that had it
/// @param contents what the layer is made of; empty when it is not kept so
/// @param making how the blob is made from them; empty when it is not
public record LayerDetail(ListedLayer layer, List<Place> seen, Optional<Contents> contents, Optional<Making> making) {
    public LayerDetail {
        seen = List.copyOf(seen);
    }

    /// The contents of a layer.
    ///
    /// @param references how many there are, repetitions counted
    /// @param distinct how many are different, of those that are found by their digest
    /// @param bytes of all of them, repetitions counted
    /// @param small how many are too small to be found by their digest
    /// @param recipeBytes length of the tar recipe
    public record Contents(long references, long distinct, long bytes, long small, long recipeBytes) {
        static Contents of(Store store, LayerRow layer) throws IOException {
            long references = 0;
            long bytes = 0;
            long small = 0;
            Set<Long> distinct = new HashSet<>();
            try (InputStream in = new BufferedInputStream(store.layers().recipe(layer))) {
                TarRecipeReader reader = new TarRecipeReader(in);
                for (Optional<TarPiece.Reference> next = reader.nextReference();
                        next.isPresent();
                        next = reader.nextReference()) {
                    references++;
                    bytes += next.get().size();
                    if (next.get().size() < ContentRow.SMALLEST) {
                        small++;
                    } else {
                        distinct.add(next.get().digest().hashCode() * 31L
                                + next.get().size());
                    }
                }
            }
            long recipe =
                    layer.recipe().stream().mapToLong(extent -> extent.length()).sum();
            return new Contents(references, distinct.size(), bytes, small, recipe);
        }
    }

    /// How a blob is made.
    ///
    /// @param recipeBytes length of the recipe
    /// @param members gzip members; 0 when the blob is the layer itself
    /// @param segments pieces that are compared before they leave
    /// @param restarts segments that can be made without those before them
    public record Making(String encoder, long recipeBytes, int members, int segments, int restarts) {
        static Making of(LayerFacts facts) {
            var row = facts.recipe().orElseThrow();
            return switch (BlobRecipe.parse(row.bytes())) {
                case GzipRecipe gzip ->
                    new Making(
                            row.encoder(),
                            row.bytes().size(),
                            gzip.members().size(),
                            gzip.segments().size(),
                            (int) gzip.segments().stream()
                                    .filter(Segment::restartable)
                                    .count());
                case PlainRecipe plain -> {
                    int segments = plain.hashes().size() / Long.BYTES;
                    yield new Making(row.encoder(), row.bytes().size(), 0, segments, segments);
                }
            };
        }
    }

    /// Reads what is known.
    public static LayerDetail of(Store store, ListedLayer layer) throws IOException {
        LayerFacts facts = layer.facts();
        Optional<Contents> contents = facts.layer().isPresent()
                ? Optional.of(Contents.of(store, facts.layer().get()))
                : Optional.empty();
        List<Place> seen = store.catalog()
                .read(transaction ->
                        transaction.provenance().places(facts.blob().digest()));
        return new LayerDetail(layer, seen, contents, facts.recipe().map(_ -> Making.of(facts)));
    }
}
