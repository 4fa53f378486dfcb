package dev.dray.engine.layers;

import dev.dray.engine.layers.LayersListener.Step;
import dev.dray.layer.Compression;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.tar.TarAssembler;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.ByteSource;
import dev.dray.model.io.TemporaryFolder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Takes a blob apart into a folder, and proves it from what stands in the folder.
///
/// What cannot be proven is not kept as recipes: the folder then holds the blob.
final class BlobSplit {
    private static final int BUFFER = 256 << 10;

    private final GzipProver prover;
    private final LayersListener listener;

    BlobSplit(GzipProver prover, LayersListener listener) {
        this.prover = prover;
        this.listener = listener;
    }

    /// @param file the blob
    /// @param folder empty; when this fails, what is in it is of no use
    LayerReport split(LayerBlob blob, Path file, SplitFolder folder) throws IOException {
        long started = System.nanoTime();
        BlobScan scan;
        try (ContentWriter contents = new ContentWriter(folder);
                OutputStream recipe = new BufferedOutputStream(Files.newOutputStream(folder.tarRecipe()), BUFFER)) {
            scan = BlobScan.read(blob, file, OutputStream.nullOutputStream(), contents, recipe, listener);
        }
        listener.advance(blob.source(), Step.PROVE, 0, 0);
        Proof proof = scan.tar().isPresent()
                ? prove(scan, scan.tar().get(), file, folder)
                : new Proof(Optional.empty(), Optional.of(scan.refusal()));
        if (proof.refusal().isPresent()) {
            keepVerbatim(scan, file, folder);
        }
        boolean exact = proof.refusal().isEmpty();
        return new LayerReport(
                blob.source(),
                scan.digest(),
                scan.size(),
                blob.mediaType().orElse(Compression.of(file).mediaType()),
                proof.encoder(),
                exact ? LayerOutcome.EXACT : LayerOutcome.VERBATIM,
                sizeOf(folder.gzipRecipe()),
                sizeOf(folder.tarRecipe()),
                exact ? scan.tar().map(TarSummary::references).orElse(0L) : 0,
                Duration.ofNanos(System.nanoTime() - started),
                proof.refusal().orElse(""));
    }

    private record Proof(Optional<EncoderId> encoder, Optional<String> refusal) {}

    /// Puts the plain bytes together from the folder, and makes the blob of those.
    private Proof prove(BlobScan scan, TarSummary tar, Path file, SplitFolder folder) throws IOException {
        Path plain = folder.path().resolve("plain");
        try {
            try (InputStream recipe = new BufferedInputStream(Files.newInputStream(folder.tarRecipe()), BUFFER);
                    OutputStream out = Files.newOutputStream(plain)) {
                TarAssembler.assemble(recipe, folder, out, tar.size());
            }
            if (scan.gzip().isEmpty()) {
                return new Proof(Optional.empty(), Optional.empty());
            }
            return switch (prover.prove(scan.gzip().get(), ByteSource.of(file), ByteSource.of(plain))) {
                case ProofOutcome.Exact(var recipe) -> {
                    Files.write(folder.gzipRecipe(), recipe.toBytes().toByteArray());
                    yield new Proof(Optional.of(recipe.encoder()), Optional.empty());
                }
                case ProofOutcome.Verbatim(String reason) -> new Proof(Optional.empty(), Optional.of(reason));
            };
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private static void keepVerbatim(BlobScan scan, Path file, SplitFolder folder) throws IOException {
        TemporaryFolder.remove(folder.contents());
        Files.delete(folder.tarRecipe());
        Files.copy(file, folder.verbatim());
        Files.writeString(folder.verbatimDigest(), scan.digest() + "\n");
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
