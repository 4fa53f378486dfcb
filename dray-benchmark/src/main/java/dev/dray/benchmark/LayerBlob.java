package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressor;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/// A compressor's blob of the layer, and its proven recipe.
record LayerBlob(Compressor compressor, Path file, GzipScan scan, GzipRecipe recipe) {
    /// Proves the blob, and that our encoder alone produces the compressor's deflate stream.
    ///
    /// @throws IOException when a proof fails
    static LayerBlob prove(Compressor compressor, Path file, Path tar, byte[] plain) throws IOException {
        GzipScan scan = scan(file);
        ProofOutcome outcome =
                new GzipProver(EncoderCatalog.standard(), 2).prove(scan, ByteSource.of(file), ByteSource.of(tar));
        LayerBlob blob = switch (outcome) {
            case ProofOutcome.Exact(var recipe) -> new LayerBlob(compressor, file, scan, recipe);
            case ProofOutcome.Verbatim(var reason) ->
                throw new IOException("%s is not exact: %s".formatted(compressor.name(), reason));
        };
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        PlainEncoder.encode(
                blob.encoding(), plain, plain.length, new DigestOutputStream(OutputStream.nullOutputStream(), hasher));
        if (!MessageDigest.isEqual(
                hasher.digest(), Digest.sha256(blob.deflated()).toByteArray())) {
            throw new IOException(
                    "%s alone is not exact".formatted(blob.recipe().encoder()));
        }
        return blob;
    }

    static GzipScan scan(Path file) throws IOException {
        try (InputStream in = ByteSource.of(file).open(0)) {
            return GzipScan.read(in, OutputStream.nullOutputStream(), InflateLimits.standard());
        }
    }

    String name() {
        return compressor.name();
    }

    Encoding encoding() {
        return EncoderCatalog.standard().encoding(recipe.encoder());
    }

    /// The raw deflate stream.
    byte[] deflated() throws IOException {
        GzipMember member = scan.layout().members().getFirst();
        try (InputStream in = new BufferedInputStream(ByteSource.of(file).open(member.deflateOffset()))) {
            return in.readNBytes(Math.toIntExact(member.deflateLength()));
        }
    }
}
