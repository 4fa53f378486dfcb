package dev.dray.engine.policy;

import dev.dray.engine.policy.LayerState.ProvenRecipe;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.layer.recipe.Segment;
import dev.dray.layer.tar.recipe.TarPiece;
import dev.dray.layer.tar.recipe.TarRecipeReader;
import dev.dray.model.RepositoryName;
import dev.dray.store.Store;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A listed layer, and what it takes a closer look to tell: the tar recipe is read to its end.
///
/// @param seen repositories that had the blob, behind their hosts
/// @param contents of the layer in the packs; empty when it is not there
/// @param recipe that rebuilds the blob; empty when none does
public record LayerDetail(
        ListedLayer layer, List<RepositoryName> seen, Optional<Contents> contents, Optional<RecipeShape> recipe) {
    public LayerDetail {
        seen = List.copyOf(seen);
    }

    /// The contents of a layer.
    ///
    /// @param references how many there are, repetitions counted
    /// @param distinct how many are different, of those that have a digest
    /// @param bytes of all of them, repetitions counted
    /// @param small how many are too small to have a digest
    /// @param recipeBytes length of the tar recipe
    public record Contents(long references, long distinct, long bytes, long small, long recipeBytes) {
        static Contents of(Store store, LayerTable.Row layer) throws IOException {
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
                    if (next.get().size() < ContentTable.SMALLEST) {
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

    /// The recipe of a blob, by its parts.
    ///
    /// @param recipeBytes length of the stored form
    /// @param members gzip members; 0 when the blob is the layer itself
    /// @param segments pieces that are compared before they leave
    /// @param restarts segments that can be rebuilt without those before them
    public record RecipeShape(String encoder, long recipeBytes, int members, int segments, int restarts) {
        static RecipeShape of(ProvenRecipe recipe) {
            long length = recipe.bytes().size();
            return switch (BlobRecipe.parse(recipe.bytes())) {
                case GzipRecipe gzip ->
                    new RecipeShape(
                            recipe.encoder(),
                            length,
                            gzip.members().size(),
                            gzip.segments().size(),
                            (int) gzip.segments().stream()
                                    .filter(Segment::restartable)
                                    .count());
                case PlainRecipe plain -> {
                    int segments = plain.hashes().size() / Long.BYTES;
                    yield new RecipeShape(recipe.encoder(), length, 0, segments, segments);
                }
            };
        }
    }

    /// Looks closer.
    public static LayerDetail of(Store store, ListedLayer layer) throws IOException {
        LayerState state = layer.state();
        Optional<LayerTable.Row> row = state.tar().flatMap(tar -> store.layers().find(tar.diffId()));
        Optional<Contents> contents = row.isPresent() ? Optional.of(Contents.of(store, row.get())) : Optional.empty();
        List<RepositoryName> seen =
                store.catalog().read(transaction -> transaction.provenance().places(state.blob())).stream()
                        .map(place -> place.repository().withHost(place.host()))
                        .toList();
        return new LayerDetail(layer, seen, contents, state.recipe().map(RecipeShape::of));
    }
}
