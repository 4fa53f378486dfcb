package dev.dray.engine.layers;

import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How a blob is compressed, by its first bytes.
enum Wrapping {
    GZIP,
    ZSTD,
    /// Not at all, or in a way that is not looked into: the bytes themselves are split.
    NONE;

    private static final int GZIP_MAGIC = 0x1f8b08;
    private static final int ZSTD_MAGIC = 0x28b52ffd;
    private static final int MAGIC_LENGTH = 4;

    MediaType mediaType() {
        return switch (this) {
            case GZIP -> new MediaType("application/gzip");
            case ZSTD -> new MediaType("application/zstd");
            case NONE -> MediaType.OCTET_STREAM;
        };
    }

    static Wrapping of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            int word = 0;
            for (byte value : Arrays.copyOf(in.readNBytes(MAGIC_LENGTH), MAGIC_LENGTH)) {
                word = word << 8 | (value & 0xff);
            }
            if (word >>> 8 == GZIP_MAGIC) {
                return GZIP;
            }
            return word == ZSTD_MAGIC ? ZSTD : NONE;
        }
    }
}
