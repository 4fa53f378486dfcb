package dev.dray.layer.rebuild;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.model.ByteSource;
import java.io.IOException;
import java.io.OutputStream;

/// Makes a blob again from its recipe, of whatever kind, and its plain bytes.
///
/// Every segment is checked before it is given on, and of a whole blob the last one only when its digest agrees: wrong
/// bytes never leave. The plain bytes are opened once and read from front to back. Thread safe.
public final class BlobRebuilder {
    private final GzipRebuilder gzip;

    /// @param workers how many threads encode at once, at least one
    public BlobRebuilder(EncoderCatalog catalog, int workers) {
        this.gzip = new GzipRebuilder(catalog, workers);
    }

    /// Bytes that all blobs being made at once hold together, beside what each needs of its own.
    public static long memory(int workers) {
        return EncoderPool.memory(workers);
    }

    /// Gives the whole blob to `out`, which stays open.
    ///
    /// @throws DrayException of kind CORRUPT when the plain bytes do not give the blob, UNSUPPORTED when the
    ///     encoder is not known here
    public void rebuild(BlobRecipe recipe, ByteSource plain, OutputStream out) throws IOException {
        switch (recipe) {
            case GzipRecipe compressed -> gzip.rebuild(compressed, plain, out);
            case PlainRecipe uncompressed -> PlainRebuilder.rebuild(uncompressed, plain, out);
        }
    }

    /// Gives the bytes `[offset, offset + length)` of the blob to `out`; makes only what it takes from
    /// the nearest place before them where that can be begun.
    ///
    /// @throws DrayException as [#rebuild(BlobRecipe, ByteSource, OutputStream)]
    public void rebuild(BlobRecipe recipe, ByteSource plain, long offset, long length, OutputStream out)
            throws IOException {
        switch (recipe) {
            case GzipRecipe compressed -> gzip.rebuild(compressed, plain, offset, length, out);
            case PlainRecipe uncompressed -> PlainRebuilder.rebuild(uncompressed, plain, offset, length, out);
        }
    }
}
