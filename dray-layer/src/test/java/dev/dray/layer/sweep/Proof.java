package dev.dray.layer.sweep;

import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.prove.GzipProver;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.prove.ProofOutcome;
import dev.dray.model.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Whether a blob of known plain bytes is made again in full.
///
/// @param outcome the encoder that makes it, or why none does
/// @param time from the scanned blob to the outcome
record Proof(boolean exact, String outcome, Duration time) {
    static Proof of(byte[] blob, byte[] plain) throws IOException {
        GzipScan scan = GzipScan.read(
                new ByteArrayInputStream(blob), OutputStream.nullOutputStream(), InflateLimits.standard());
        long start = System.nanoTime();
        ProofOutcome outcome =
                new GzipProver(EncoderCatalog.standard(), 1).prove(scan, ByteSource.of(blob), ByteSource.of(plain));
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return switch (outcome) {
            case ProofOutcome.Exact exact ->
                new Proof(true, exact.recipe().encoder().toString(), time);
            case ProofOutcome.Verbatim verbatim -> new Proof(false, verbatim.reason(), time);
        };
    }
}
