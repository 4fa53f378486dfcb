package dev.dray.engine.policy;

import dev.dray.model.Digest;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.catalog.RecipeRow;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.catalog.Verdicts.Verdict;
import java.util.List;
import java.util.Optional;

/// What the catalog knows of one blob that is a layer.
///
/// @param digests all blobs that are known to hold the same layer, this one among them
public record LayerFacts(
        BlobRow blob,
        Optional<RecipeRow> recipe,
        Optional<LayerRow> layer,
        Optional<Verdict> verdict,
        List<Digest> digests,
        boolean pinned) {
    public LayerFacts {
        digests = List.copyOf(digests);
    }

    /// Empty when the store has no such blob.
    public static Optional<LayerFacts> read(Transaction transaction, Digest digest) {
        return transaction.blobs().find(digest).map(blob -> {
            Optional<RecipeRow> recipe = transaction.recipes().find(digest);
            return new LayerFacts(
                    blob,
                    recipe,
                    recipe.flatMap(known -> transaction.layers().find(known.layer())),
                    transaction.verdicts().find(digest),
                    recipe.map(known -> transaction.recipes().of(known.layer()).stream()
                                    .map(RecipeRow::digest)
                                    .toList())
                            .orElse(List.of(digest)),
                    transaction.pins().hold(digest));
        });
    }

    /// Whether there is a file of it.
    public boolean hasFile() {
        return blob.location() instanceof BlobLocation.File;
    }

    /// How it is kept.
    ///
    /// @param wish what is wanted of it, which tells why there is a file
    public StoredForm kept(RequiredForms.Wish wish) {
        return switch (blob.location()) {
            case BlobLocation.Inline() -> new StoredForm.Inline();
            case BlobLocation.Rebuilt() ->
                recipe.<StoredForm>map(known -> new StoredForm.AsRecipe(
                                known.encoder(), known.bytes().size()))
                        .orElseGet(() -> new StoredForm.Verbatim("its recipe is gone"));
            case BlobLocation.File _ -> fileKept(wish);
        };
    }

    private StoredForm fileKept(RequiredForms.Wish wish) {
        if (recipe.isPresent() && wish.keep() == StorageForm.BOTH) {
            return new StoredForm.AsBoth(
                    recipe.get().encoder(), recipe.get().bytes().size());
        }
        if (verdict.isPresent() && wish.keep().recipe()) {
            return new StoredForm.Verbatim(verdict.get().reason());
        }
        return new StoredForm.AsBlob(wish.keep().recipe() ? StoredForm.Reason.LATER : wish.reason());
    }
}
