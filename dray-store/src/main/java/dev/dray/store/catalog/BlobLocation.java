package dev.dray.store.catalog;

/// Where the bytes of a blob are. Blobs rebuilt from a recipe become a third place behind the same contract.
public sealed interface BlobLocation {
    /// Blobs up to this many bytes live in the database.
    int LARGEST_INLINE = 16 << 10;

    /// In the database, see [BlobRows#bytes].
    record Inline() implements BlobLocation {}

    /// In a file of its own.
    ///
    /// @param name path below the folder of blobs, `ab/ab12….7-1`: never derived from the digest alone
    record File(String name) implements BlobLocation {}
}
