package dev.dray.store.layer;

import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.prove.GzipScan;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// How a blob is compressed, as its first bytes tell.
enum BlobForm {
    GZIP,
    ZSTD,
    /// Not at all, or in a way that is not known.
    PLAIN;

    private static final int LONGEST = 4;

    /// Looks at the beginning of a stream, which it leaves where it was.
    ///
    /// @param in supports marking
    private static BlobForm of(InputStream in) throws IOException {
        in.mark(LONGEST);
        byte[] start = in.readNBytes(LONGEST);
        in.reset();
        if (begins(start, 0x1f, 0x8b, 8)) {
            return GZIP;
        }
        return begins(start, 0x28, 0xb5, 0x2f, 0xfd) ? ZSTD : PLAIN;
    }

    /// Gives the plain bytes of a blob to `plain`; both stay open.
    ///
    /// @param blob supports marking
    /// @return what was seen of the compression, if there is one
    /// @throws DrayException of kind UNSUPPORTED, CORRUPT or TOO_LARGE when the blob cannot be read
    static Optional<GzipScan> read(InputStream blob, OutputStream plain) throws IOException {
        return switch (of(blob)) {
            case GZIP -> Optional.of(GzipScan.read(blob, plain, InflateLimits.standard()));
            case ZSTD -> throw new DrayException(DrayException.Kind.UNSUPPORTED, "it is compressed with zstd");
            case PLAIN -> {
                blob.transferTo(plain);
                yield Optional.empty();
            }
        };
    }

    private static boolean begins(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
