package dev.dray.engine.policy;

import dev.dray.engine.policy.RequiredForms.Requirement;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.catalog.RecipeTable.Verdict;
import dev.dray.store.catalog.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The state of one blob in the store, as far as it concerns layers.
///
/// @param location where the blob's bytes are
/// @param damaged whether its bytes were found wrong
/// @param pinned whether a pinned image has it
/// @param recipe the proven recipe, if there is one
/// @param tar the layer that the recipe rebuilds the blob from
/// @param refusal why no recipe rebuilds the blob, if that was found out
/// @param digests all blobs with a recipe for the same layer, this one among them
public record LayerState(
        Digest blob,
        long size,
        Location location,
        boolean damaged,
        boolean pinned,
        Optional<ProvenRecipe> recipe,
        Optional<Tar> tar,
        Optional<String> refusal,
        List<Digest> digests) {
    public LayerState {
        digests = List.copyOf(digests);
    }

    /// Where the bytes of a blob are.
    public enum Location {
        /// In the database, since the blob is small.
        DATABASE,
        FILE,
        /// Nowhere: the recipe rebuilds them.
        RECIPE
    }

    /// @param encoder for people
    /// @param bytes the stored form
    /// @param proven when the recipe last rebuilt the blob; [Instant#EPOCH] when a pack was found damaged since
    public record ProvenRecipe(String encoder, RawBytes bytes, Instant proven) {}

    /// A layer in the packs.
    ///
    /// @param size of the tar
    /// @param entries headers in the tar
    public record Tar(Digest diffId, long size, long entries) {}

    /// Reads the state of a blob; empty when the store has no such blob.
    public static Optional<LayerState> read(Transaction transaction, Digest digest) {
        return transaction.blobs().find(digest).map(blob -> {
            Optional<RecipeTable.Row> recipe = transaction.recipes().find(digest);
            Optional<LayerTable.Row> layer =
                    recipe.flatMap(known -> transaction.layers().find(known.layer()));
            return new LayerState(
                    digest,
                    blob.size(),
                    location(blob),
                    blob.damaged(),
                    transaction.policies().pinHolds(digest),
                    recipe.map(known -> new ProvenRecipe(known.encoder(), known.bytes(), known.proven())),
                    layer.map(row -> new Tar(row.diffId(), row.size(), row.entries())),
                    transaction.recipes().verdict(digest).map(Verdict::reason),
                    recipe.map(known -> transaction.recipes().of(known.layer()).stream()
                                    .map(RecipeTable.Row::digest)
                                    .toList())
                            .orElse(List.of(digest)));
        });
    }

    private static Location location(BlobTable.Row blob) {
        return switch (blob.location()) {
            case BlobLocation.Inline _ -> Location.DATABASE;
            case BlobLocation.File _ -> Location.FILE;
            case BlobLocation.Rebuilt _ -> Location.RECIPE;
        };
    }

    public boolean hasFile() {
        return location == Location.FILE;
    }

    /// The form in which the blob is stored, and why a file is there.
    public sealed interface Form {
        /// Contents and a recipe; no file.
        ///
        /// @param encoder for people
        /// @param recipeBytes length of the recipe
        record Recipe(String encoder, long recipeBytes) implements Form {}

        /// A file, and contents and a recipe as well.
        record Both(String encoder, long recipeBytes) implements Form {}

        /// A file that is required.
        record Blob(Reason reason) implements Form {}

        /// A file, because no recipe rebuilds the blob.
        ///
        /// @param reason for people, one line
        record Verbatim(String reason) implements Form {}

        /// A row of the database.
        record Inline() implements Form {}

        /// Why a file is required.
        enum Reason {
            /// The policy says so, of this repository or of another one that has the blob.
            POLICY,
            /// A pinned image has it.
            PINNED,
            /// Proving was put off.
            LATER
        }
    }

    /// @param requirement tells why a file is there
    public Form form(Requirement requirement) {
        return switch (location) {
            case DATABASE -> new Form.Inline();
            case RECIPE ->
                recipe.<Form>map(known ->
                                new Form.Recipe(known.encoder(), known.bytes().size()))
                        .orElseGet(() -> new Form.Verbatim("its recipe is gone"));
            case FILE -> fileForm(requirement);
        };
    }

    private Form fileForm(Requirement requirement) {
        StorageForm required = requirement.form();
        if (recipe.isPresent() && required == StorageForm.BOTH) {
            return new Form.Both(recipe.get().encoder(), recipe.get().bytes().size());
        }
        if (refusal.isPresent() && required.recipe()) {
            return new Form.Verbatim(refusal.get());
        }
        return new Form.Blob(required.recipe() ? Form.Reason.LATER : requirement.reason());
    }
}
