package dev.dray.engine.layers;

import dev.dray.layer.Compression;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.prove.GzipScan;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.TeeOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/// What one reading of a blob told.
///
/// @param gzip its structure, when it is whole gzip
/// @param tar of its plain bytes; empty when they could not be had
/// @param refusal why they could not be had
record BlobScan(Digest digest, long size, Optional<GzipScan> gzip, Optional<TarSummary> tar, String refusal) {
    private static final int COPY_BUFFER = 256 << 10;

    /// Reads a blob to its end, its plain bytes to `plain` and split.
    ///
    /// Damaged gzip is a refusal and not an error: the blob can still be kept as it is.
    static BlobScan read(
            LayerBlob blob,
            Path file,
            OutputStream plain,
            ContentSink contents,
            OutputStream recipe,
            LayersListener listener)
            throws IOException {
        Compression compression = Compression.of(file);
        try (BlobInput in = new BlobInput(blob.source(), file, listener);
                TarSplitter splitter = new TarSplitter(contents, recipe)) {
            OutputStream both = new TeeOutputStream(plain, splitter);
            Optional<GzipScan> gzip = Optional.empty();
            switch (compression) {
                case ZSTD -> {
                    in.drain();
                    return refused(in, "zstd is kept as it is by this version");
                }
                case GZIP -> {
                    try {
                        gzip = Optional.of(GzipScan.read(in, both, InflateLimits.standard()));
                    } catch (DrayException damaged) {
                        in.drain();
                        return refused(in, damaged.getMessage());
                    }
                }
                case NONE -> {
                    byte[] buffer = new byte[COPY_BUFFER];
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        both.write(buffer, 0, read);
                    }
                }
            }
            in.drain();
            return new BlobScan(in.digest(), in.count(), gzip, Optional.of(splitter.finish()), "");
        }
    }

    private static BlobScan refused(BlobInput in, String why) {
        return new BlobScan(in.digest(), in.count(), Optional.empty(), Optional.empty(), why);
    }
}
