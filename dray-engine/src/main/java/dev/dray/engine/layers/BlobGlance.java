package dev.dray.engine.layers;

import dev.dray.layer.Compression;
import dev.dray.layer.pipeline.BlobReading;
import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Identifies a blob's encoder by one reading of it, without a proof.
final class BlobGlance {
    /// More than an encoder is ever tried on.
    private static final long BEGINNING = 16 << 20;

    private final LayerPipeline pipeline;
    private final LayersListener listener;

    BlobGlance(LayerPipeline pipeline, LayersListener listener) {
        this.pipeline = pipeline;
        this.listener = listener;
    }

    /// @param file the blob
    /// @param folder for a temporary file, which is left there
    LayerReport look(LayerBlob blob, Path file, Path folder) throws IOException {
        long started = System.nanoTime();
        Path beginning = folder.resolve("beginning");
        CountingOutput recipe = new CountingOutput(OutputStream.nullOutputStream(), 0);
        BlobReading<TarSummary> reading;
        Digest digest;
        long size;
        try (BlobInput in = new BlobInput(blob.source(), file, listener);
                OutputStream plain = new BufferedOutputStream(Files.newOutputStream(beginning))) {
            reading = LayerPipeline.split(in, ContentSink.NONE, recipe, new CountingOutput(plain, BEGINNING));
            digest = in.drain();
            size = in.count();
        }
        Guess guess = switch (reading) {
            case BlobReading.Refused(String reason) -> new Guess(false, Optional.empty(), 0, reason);
            case BlobReading.Plain(var gzip, TarSummary tar) -> {
                Optional<EncoderId> encoder = gzip.isPresent()
                        ? pipeline.identify(gzip.get(), ByteSource.of(file), ByteSource.of(beginning))
                        : Optional.empty();
                yield gzip.isEmpty() || encoder.isPresent()
                        ? new Guess(true, encoder, tar.references(), "")
                        : new Guess(false, encoder, 0, "no known encoder begins as it does");
            }
        };
        return new LayerReport(
                blob.source(),
                digest,
                size,
                blob.mediaType().orElse(Compression.of(file).mediaType()),
                guess.encoder(),
                guess.likely() ? LayerOutcome.LIKELY : LayerOutcome.VERBATIM,
                0,
                guess.likely() ? recipe.count() : 0,
                guess.references(),
                Duration.ofNanos(System.nanoTime() - started),
                guess.reason());
    }

    private record Guess(boolean likely, Optional<EncoderId> encoder, long references, String reason) {}
}
