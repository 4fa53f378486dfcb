package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.time.Instant;

/// What may be written once a proof was made. No [Transaction] gives it: the store keeps it for the one place that
/// makes proofs, so that nothing else can drop the bytes of a blob.
public interface Proofs {
    /// Records a recipe that was proven just now, in place of a verdict or of another recipe.
    void record(RecipeTable.Row recipe);

    /// Begins a blob that has no bytes of its own, with a recipe that was proven just now. Of a blob that is there
    /// already, records the recipe alone.
    ///
    /// @return false when it was there already
    boolean begin(RecipeTable.Row recipe, long size);

    /// Notes that the blob was made in full again.
    void renew(Digest digest, Instant proven);

    /// Makes a blob with a file and a recipe one without a file, when `file` is still the one it has, its bytes are
    /// not known to be damaged, and no pinned manifest references it.
    ///
    /// @param provenSince how old the proof may be
    /// @return false when any of that is not so, and nothing was changed
    boolean dropFile(Digest digest, String file, Instant provenSince);

    /// Gives a blob without a file a file again; the recipe stays.
    ///
    /// @return false when the blob is none of those any more
    boolean restoreFile(Digest digest, String file);

    /// Forgets the recipe of a blob that has a file.
    ///
    /// @return false when there was none
    boolean dropRecipe(Digest digest);
}
