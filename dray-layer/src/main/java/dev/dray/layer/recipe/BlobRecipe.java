package dev.dray.layer.recipe;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.util.Optional;

/// Rebuilds a blob of a layer from its plain bytes, byte for byte, in the hands of a `BlobRebuilder`.
///
/// All stored forms begin with the same envelope, which tells the kind: a store need not know it.
public sealed interface BlobRecipe permits GzipRecipe, PlainRecipe {
    /// Digest of the blob.
    Digest digest();

    /// Length of the blob in bytes.
    long size();

    /// Length of the plain bytes.
    long plainSize();

    /// The encoder that the blob begins with; empty when the blob is not compressed.
    default Optional<EncoderId> firstEncoder() {
        return switch (this) {
            case GzipRecipe gzip -> Optional.of(gzip.encoder());
            case PlainRecipe _ -> Optional.empty();
        };
    }

    /// [#firstEncoder] for people; `plain` when there is none.
    default String encoderName() {
        return firstEncoder().map(EncoderId::toString).orElse("plain");
    }

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
