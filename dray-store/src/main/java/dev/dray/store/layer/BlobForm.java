package dev.dray.store.layer;

import dev.dray.layer.Compression;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.prove.GzipScan;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Reads the plain bytes of blobs.
final class BlobForm {
    private BlobForm() {}

    /// Gives the plain bytes of a blob to `plain`; both stay open.
    ///
    /// @param blob supports marking
    /// @return what was seen of the compression, if there is one
    /// @throws DrayException of kind UNSUPPORTED, CORRUPT or TOO_LARGE when the blob cannot be read
    static Optional<GzipScan> read(InputStream blob, OutputStream plain) throws IOException {
        return switch (Compression.of(blob)) {
            case GZIP -> Optional.of(GzipScan.read(blob, plain, InflateLimits.standard()));
            case ZSTD -> throw new DrayException(DrayException.Kind.UNSUPPORTED, "it is compressed with zstd");
            case NONE -> {
                blob.transferTo(plain);
                yield Optional.empty();
            }
        };
    }
}
