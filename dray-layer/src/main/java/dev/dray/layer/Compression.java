package dev.dray.layer;

import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// How a blob is compressed, by its first bytes.
public enum Compression {
    GZIP("1f8b08"),
    ZSTD("28b52ffd"),
    /// Not at all, or in a way that is not known.
    NONE("");

    private static final int LONGEST = 4;

    private final String magic;

    /// @param magic the first bytes, in hex
    Compression(String magic) {
        this.magic = magic;
    }

    /// The type of a blob of which nothing else is known.
    public MediaType mediaType() {
        return switch (this) {
            case GZIP -> new MediaType("application/gzip");
            case ZSTD -> new MediaType("application/zstd");
            case NONE -> MediaType.OCTET_STREAM;
        };
    }

    /// Looks at the beginning of a stream, which it leaves where it was.
    ///
    /// @param in supports marking
    public static Compression of(InputStream in) throws IOException {
        in.mark(LONGEST);
        byte[] start = in.readNBytes(LONGEST);
        in.reset();
        return of(start);
    }

    public static Compression of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LONGEST));
        }
    }

    /// @param start the first bytes, four where there are as many
    public static Compression of(byte[] start) {
        String hex = HexFormat.of().formatHex(start);
        if (hex.startsWith(GZIP.magic)) {
            return GZIP;
        }
        return hex.startsWith(ZSTD.magic) ? ZSTD : NONE;
    }
}
