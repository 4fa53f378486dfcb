package dev.dray.layer.pipeline;

import dev.dray.layer.Compression;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.layer.rebuild.BlobRebuilder;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.recipe.PlainRecipe;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.TeeOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Scans, splits, proves and rebuilds the blobs of layers.
///
/// A blob is read once: its first bytes tell the compression, gzip is inflated and its structure noted, and the plain
/// bytes go through the [TarSplitter] into a [ContentSink] and a tar recipe. The proof then rebuilds the whole blob
/// from the plain bytes *as they were stored*, never from those that came, so a fault of the storage cannot pass it.
/// Zstd is refused: its encoders are not known here.
///
/// Work is CPU-bound and runs on the caller's thread, which should be a platform thread, and on `workers` more.
/// Thread safe.
public final class LayerPipeline {
    private static final int BUFFER = 256 << 10;

    private final GzipProver prover;
    private final BlobRebuilder rebuilder;

    /// @param workers how many threads encode at once, at least one
    public LayerPipeline(EncoderCatalog encoders, int workers) {
        this.prover = new GzipProver(encoders, workers);
        this.rebuilder = new BlobRebuilder(encoders, workers);
    }

    /// Reads a blob, which stays open, and hashes its plain bytes. A blob that is refused need not have been read
    /// to its end.
    ///
    /// @return the layer's diffID, or why the blob cannot be read
    public static BlobReading<Digest> scan(InputStream blob) throws IOException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        OutputStream plain = new DigestOutputStream(OutputStream.nullOutputStream(), hasher);
        return read(blob, plain, () -> Digest.of(Digest.Algorithm.SHA256, hasher.digest()));
    }

    /// Splits a blob: its contents go to `contents`, its tar recipe to `recipe`. All of them stay open. Contents
    /// that came before a refusal have been written.
    ///
    /// @throws DrayException as `contents` and `recipe` do
    public static BlobReading<TarSummary> split(InputStream blob, ContentSink contents, OutputStream recipe)
            throws IOException {
        try (TarSplitter splitter = new TarSplitter(contents, recipe)) {
            return read(blob, splitter, splitter::finish);
        }
    }

    /// [#split(InputStream, ContentSink, OutputStream)], and all plain bytes go to `plain` as well.
    public static BlobReading<TarSummary> split(
            InputStream blob, ContentSink contents, OutputStream recipe, OutputStream plain) throws IOException {
        try (TarSplitter splitter = new TarSplitter(contents, recipe)) {
            return read(blob, new TeeOutputStream(plain, splitter), splitter::finish);
        }
    }

    /// Completes what is known of the plain bytes when all were read.
    @FunctionalInterface
    private interface Summary<P> {
        P finish() throws IOException;
    }

    private static <P> BlobReading<P> read(InputStream blob, OutputStream plain, Summary<P> summary)
            throws IOException {
        try {
            Optional<GzipScan> gzip = read(new BufferedInputStream(blob, BUFFER), new PlainTarget(plain));
            return new BlobReading.Plain<>(gzip, summary.finish());
        } catch (RefusedException e) {
            return new BlobReading.Refused<>(e.reason);
        } catch (PlainTarget.TargetFailure e) {
            throw e.failure();
        }
    }

    private static Optional<GzipScan> read(InputStream blob, PlainTarget plain) throws IOException, RefusedException {
        try {
            return switch (Compression.of(blob)) {
                case GZIP -> Optional.of(GzipScan.read(blob, plain, InflateLimits.standard()));
                case ZSTD -> throw new RefusedException("it is compressed with zstd");
                case NONE -> {
                    blob.transferTo(plain);
                    yield Optional.empty();
                }
            };
        } catch (DrayException e) {
            if (isOfTheBlob(e)) {
                throw new RefusedException(e.getMessage());
            }
            throw e;
        }
    }

    /// Whether the failure tells something of the blob, and not of what holds it.
    private static boolean isOfTheBlob(DrayException e) {
        return switch (e.kind()) {
            case CORRUPT, UNSUPPORTED, TOO_LARGE -> true;
            case NOT_FOUND, DENIED, UNAUTHENTICATED, INVALID, CONFLICT, OUT_OF_SPACE, UNAVAILABLE, CANCELLED -> false;
        };
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        RefusedException(@Nullable String reason) {
            super(reason);
            this.reason = String.valueOf(reason);
        }
    }

    /// The likeliest encoder of those that begin as the blob does. Not a proof.
    ///
    /// @param plain the plain bytes; the first MiB is enough
    public Optional<EncoderId> identify(GzipScan gzip, ByteSource blob, ByteSource plain) throws IOException {
        return prover.identify(gzip, blob, plain);
    }

    /// Rebuilds the whole blob and compares.
    ///
    /// @param gzip of exactly this blob; empty when the blob is its plain bytes. With another blob's the digests
    ///     disagree
    /// @param plain the plain bytes as they are stored
    /// @return a recipe that can be read back from its stored form, or why there is none
    public BlobProof prove(Optional<GzipScan> gzip, ByteSource blob, ByteSource plain) throws IOException {
        if (gzip.isEmpty()) {
            try (InputStream in = plain.open(0)) {
                return readable(PlainRecipe.of(in));
            }
        }
        return switch (prover.prove(gzip.get(), blob, plain)) {
            case ProofOutcome.Exact(var recipe) -> readable(recipe);
            case ProofOutcome.Verbatim(String reason) -> new BlobProof.Verbatim(reason);
        };
    }

    /// A recipe counts only as it will be read.
    private static BlobProof readable(BlobRecipe recipe) {
        return BlobRecipe.parse(recipe.toBytes()).equals(recipe)
                ? new BlobProof.Exact(recipe)
                : new BlobProof.Verbatim("its recipe cannot be read again");
    }

    /// Proves a recipe that was found elsewhere, of a blob whose bytes are not at hand.
    ///
    /// @throws DrayException of kind CORRUPT when the recipe rebuilds another blob, or none, or cannot be read back
    public void prove(BlobRecipe recipe, ByteSource plain) throws IOException {
        rebuilder.rebuild(recipe, plain, OutputStream.nullOutputStream());
        if (!(readable(recipe) instanceof BlobProof.Exact)) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "the recipe of blob %s cannot be read again".formatted(recipe.digest()))
                    .about(recipe.digest());
        }
    }

    /// Rebuilds a blob into `out`, which stays open.
    ///
    /// @throws DrayException of kind CORRUPT when the plain bytes do not give the blob, UNSUPPORTED when the
    ///     encoder is not known here
    public void rebuild(BlobRecipe recipe, ByteSource plain, OutputStream out) throws IOException {
        rebuilder.rebuild(recipe, plain, out);
    }

    /// Rebuilds the bytes `[offset, offset + length)` of a blob into `out`, from the nearest place before them
    /// where the encoder can resume.
    ///
    /// @throws DrayException as [#rebuild(BlobRecipe, ByteSource, OutputStream)]
    public void rebuild(BlobRecipe recipe, ByteSource plain, long offset, long length, OutputStream out)
            throws IOException {
        rebuilder.rebuild(recipe, plain, offset, length, out);
    }
}
