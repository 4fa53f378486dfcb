package dev.dray.layer.recipe;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;

/// How to make a blob of a layer from its plain bytes, byte for byte; made again by [BlobRebuilder].
///
/// The stored forms begin alike and then tell their kind, so that whoever keeps them need not know it.
public sealed interface BlobRecipe permits GzipRecipe, PlainRecipe {
    /// Digest of the blob.
    Digest digest();

    /// Length of the blob in bytes.
    long size();

    /// How many plain bytes it is made of.
    long plainSize();

    /// The stored form.
    RawBytes toBytes();

    /// Reads a stored form of any kind.
    ///
    /// @throws DrayException of kind CORRUPT when a bit is wrong, UNSUPPORTED when it is of a newer version or of
    ///     another kind
    static BlobRecipe parse(RawBytes stored) {
        return RecipeEnvelope.kind(stored) == RecipeEnvelope.PLAIN
                ? PlainRecipe.parse(stored)
                : GzipRecipe.parse(stored);
    }
}
