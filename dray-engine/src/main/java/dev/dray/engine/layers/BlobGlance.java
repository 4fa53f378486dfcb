package dev.dray.engine.layers;

import dev.dray.layer.Compression;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.ByteSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Finds out who made a blob by one reading of it, without making it again.
final class BlobGlance {
    /// More than an encoder is ever tried on.
    private static final long BEGINNING = 16 << 20;

    private final GzipProver prover;
    private final LayersListener listener;

    BlobGlance(GzipProver prover, LayersListener listener) {
        this.prover = prover;
        this.listener = listener;
    }

    /// @param file the blob
    /// @param folder for a temporary file, which is left there
    LayerReport look(LayerBlob blob, Path file, Path folder) throws IOException {
        long started = System.nanoTime();
        Path beginning = folder.resolve("beginning");
        CountingOutput recipe = new CountingOutput(OutputStream.nullOutputStream(), 0);
        BlobScan scan;
        try (OutputStream plain = new BufferedOutputStream(Files.newOutputStream(beginning))) {
            scan = BlobScan.read(blob, file, new CountingOutput(plain, BEGINNING), ContentSink.NONE, recipe, listener);
        }
        Optional<EncoderId> encoder = scan.gzip().isPresent()
                ? prover.identify(scan.gzip().get(), ByteSource.of(file), ByteSource.of(beginning))
                : Optional.empty();
        boolean likely = scan.tar().isPresent() && (scan.gzip().isEmpty() || encoder.isPresent());
        return new LayerReport(
                blob.source(),
                scan.digest(),
                scan.size(),
                blob.mediaType().orElse(Compression.of(file).mediaType()),
                encoder,
                likely ? LayerOutcome.LIKELY : LayerOutcome.VERBATIM,
                0,
                likely ? recipe.count() : 0,
                likely ? scan.tar().map(TarSummary::references).orElse(0L) : 0,
                Duration.ofNanos(System.nanoTime() - started),
                likely || !scan.refusal().isEmpty() ? scan.refusal() : "no known encoder begins as it does");
    }
}
