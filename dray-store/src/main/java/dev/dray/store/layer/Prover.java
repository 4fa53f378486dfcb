package dev.dray.store.layer;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.pack.PackedLayer;
import dev.dray.store.rebuild.Rebuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Makes one blob in full from what is in the packs, and compares. Where nothing makes it, says why.
///
/// The plain bytes are those of a [PackedLayer], which has them from nowhere but the packs' files.
record Prover(Rebuilder making) {
    /// Which provers have been tried, for verdicts: raised when the catalog of encoders learns more.
    static final String VERSION = "1";

    /// What came of it.
    sealed interface Result {
        record Exact(String encoder, BlobRecipe recipe) implements Result {}

        record Verbatim(String reason) implements Result {}
    }

    /// @param scan of exactly this blob; empty when it is the layer itself. Should it be of another one, the
    ///     digests disagree
    /// @throws DrayException of kind CORRUPT when the blob's file does not have its digest, or a pack is damaged
    Result prove(Blob blob, Optional<GzipScan> scan, LayerRow layer) throws IOException {
        PackedLayer plain = making.tar(layer);
        return scan.isPresent() ? gzip(blob, scan.get(), plain) : plain(blob, plain);
    }

    /// Makes a blob that is not there by a recipe that is to be proven.
    ///
    /// @throws DrayException of kind CORRUPT when it makes another blob, or none
    Result.Exact prove(BlobRecipe recipe, LayerRow layer) throws IOException {
        making.make(recipe, layer, OutputStream.nullOutputStream());
        String encoder = switch (recipe) {
            case GzipRecipe gzip -> gzip.encoder().toString();
            case PlainRecipe _ -> "plain";
        };
        if (!BlobRecipe.parse(recipe.toBytes()).equals(recipe)) {
            throw new DrayException(
                            Kind.CORRUPT, "the recipe of blob %s cannot be read again".formatted(recipe.digest()))
                    .about(recipe.digest());
        }
        return new Result.Exact(encoder, recipe);
    }

    private static Result gzip(Blob blob, GzipScan scan, PackedLayer plain) throws IOException {
        ProofOutcome outcome = new GzipProver(EncoderCatalog.standard(), Rebuilder.WORKERS).prove(scan, blob, plain);
        return switch (outcome) {
            case ProofOutcome.Verbatim(String reason) -> new Result.Verbatim(reason);
            case ProofOutcome.Exact(var recipe) -> exact(blob, recipe.encoder().toString(), recipe);
        };
    }

    private static Result plain(Blob blob, PackedLayer plain) throws IOException {
        try (InputStream in = plain.open(0)) {
            return exact(blob, "plain", PlainRecipe.of(in));
        }
    }

    /// A recipe counts only as it will be read, and only for the blob that was asked for.
    private static Result exact(Blob blob, String encoder, BlobRecipe recipe) {
        boolean same = blob.digest().algorithm() == Digest.Algorithm.SHA512
                || recipe.digest().equals(blob.digest());
        if (!same || recipe.size() != blob.size()) {
            throw new DrayException(
                            Kind.CORRUPT,
                            "what was made is %s and not blob %s".formatted(recipe.digest(), blob.digest()))
                    .about(blob.digest());
        }
        if (!BlobRecipe.parse(recipe.toBytes()).equals(recipe)) {
            return new Result.Verbatim("its recipe cannot be read again");
        }
        return new Result.Exact(encoder, recipe);
    }
}
