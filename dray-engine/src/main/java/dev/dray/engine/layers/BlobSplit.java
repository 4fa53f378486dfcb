package dev.dray.engine.layers;

import dev.dray.engine.layers.LayersListener.Step;
import dev.dray.layer.Compression;
import dev.dray.layer.pipeline.BlobProof;
import dev.dray.layer.pipeline.BlobReading;
import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.tar.TarAssembler;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
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

/// Splits a blob into a folder, and proves it from the files of the folder. A blob that cannot be proven is copied
/// into the folder instead.
final class BlobSplit {
    private static final int BUFFER = 256 << 10;

    private final LayerPipeline pipeline;
    private final LayersListener listener;

    BlobSplit(LayerPipeline pipeline, LayersListener listener) {
        this.pipeline = pipeline;
        this.listener = listener;
    }

    /// @param file the blob
    /// @param folder empty; when this fails, what is in it is of no use
    LayerReport split(LayerBlob blob, Path file, SplitFolder folder) throws IOException {
        long started = System.nanoTime();
        BlobReading<TarSummary> reading;
        Digest digest;
        long size;
        try (BlobInput in = new BlobInput(blob.source(), file, listener);
                ContentWriter contents = new ContentWriter(folder);
                OutputStream recipe = new BufferedOutputStream(Files.newOutputStream(folder.tarRecipe()), BUFFER)) {
            reading = LayerPipeline.split(in, contents, recipe);
            digest = in.drain();
            size = in.count();
        }
        listener.advance(blob.source(), Step.PROVE, 0, 0);
        Proof proof = switch (reading) {
            case BlobReading.Refused(String reason) -> new Proof(Optional.empty(), 0, Optional.of(reason));
            case BlobReading.Plain(var gzip, TarSummary tar) -> prove(gzip, tar, file, folder);
        };
        boolean exact = proof.refusal().isEmpty();
        if (!exact) {
            storeVerbatim(digest, file, folder);
        }
        return new LayerReport(
                blob.source(),
                digest,
                size,
                blob.mediaType().orElse(Compression.of(file).mediaType()),
                proof.encoder(),
                exact ? LayerOutcome.EXACT : LayerOutcome.VERBATIM,
                sizeOf(folder.gzipRecipe()),
                sizeOf(folder.tarRecipe()),
                proof.references(),
                Duration.ofNanos(System.nanoTime() - started),
                proof.refusal().orElse(""));
    }

    /// @param references contents that the tar recipe names; 0 without a proof
    private record Proof(Optional<EncoderId> encoder, long references, Optional<String> refusal) {}

    /// Assembles the plain bytes from the folder, and rebuilds the blob from those. Of a blob that is not
    /// compressed the assembly is the whole proof.
    private Proof prove(Optional<GzipScan> gzip, TarSummary tar, Path file, SplitFolder folder) throws IOException {
        Path plain = folder.path().resolve("plain");
        try {
            try (InputStream recipe = new BufferedInputStream(Files.newInputStream(folder.tarRecipe()), BUFFER);
                    OutputStream out = Files.newOutputStream(plain)) {
                TarAssembler.assemble(recipe, folder, out, tar.size());
            }
            if (gzip.isEmpty()) {
                return new Proof(Optional.empty(), tar.references(), Optional.empty());
            }
            return switch (pipeline.prove(gzip, ByteSource.of(file), ByteSource.of(plain))) {
                case BlobProof.Exact(BlobRecipe recipe) -> {
                    Files.write(folder.gzipRecipe(), recipe.toBytes().toByteArray());
                    yield new Proof(recipe.firstEncoder(), tar.references(), Optional.empty());
                }
                case BlobProof.Verbatim(String reason) -> new Proof(Optional.empty(), 0, Optional.of(reason));
            };
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private static void storeVerbatim(Digest digest, Path file, SplitFolder folder) throws IOException {
        TemporaryFolder.remove(folder.contents());
        Files.delete(folder.tarRecipe());
        Files.copy(file, folder.verbatim());
        Files.writeString(folder.verbatimDigest(), digest + "\n");
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
