package dev.dray.engine.policy;

/// How a layer's blob is kept.
public sealed interface StoredForm {
    /// As contents and a recipe; there is no file.
    ///
    /// @param encoder which one made the blob, for people
    /// @param recipeBytes length of the recipe
    record AsRecipe(String encoder, long recipeBytes) implements StoredForm {}

    /// As a file, and as contents and a recipe.
    record AsBoth(String encoder, long recipeBytes) implements StoredForm {}

    /// As a file, because that is wanted.
    record AsBlob(Reason reason) implements StoredForm {}

    /// As a file, because no recipe makes it.
    ///
    /// @param reason for people, one line
    record Verbatim(String reason) implements StoredForm {}

    /// In the database, since it is small.
    record Inline() implements StoredForm {}

    /// Why a file is wanted.
    enum Reason {
        /// The policy says so, of this repository or of another one that has the blob.
        POLICY,
        /// A pinned image has it.
        PINNED,
        /// Proving was put off.
        LATER
    }
}
