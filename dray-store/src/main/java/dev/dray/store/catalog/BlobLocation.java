package dev.dray.store.catalog;

/// Where the bytes of a blob are.
public sealed interface BlobLocation {
    /// Blobs up to this many bytes live in the database.
    int LARGEST_INLINE = 16 << 10;

    /// In the database, see [BlobTable#bytes].
    record Inline() implements BlobLocation {}

    /// In a file of its own. There may be a recipe as well, see [RecipeTable].
    ///
    /// @param name path below the folder of blobs, `ab/ab12….7-1`: never derived from the digest alone
    record File(String name) implements BlobLocation {}

    /// Nowhere: they are made from the contents of a layer, by the recipe of [RecipeTable#find].
    record Rebuilt() implements BlobLocation {}
}
