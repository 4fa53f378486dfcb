package dev.dray.layer;

import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// How a blob is compressed, by its first bytes.
public enum Compression {
    GZIP("application/gzip", 0x1f, 0x8b, 8),
    ZSTD("application/zstd", 0x28, 0xb5, 0x2f, 0xfd),
    /// Not at all, or in a way that is not known.
    NONE("application/octet-stream");

    private static final int LONGEST = 4;

    private final MediaType mediaType;
    private final int[] magic;

    Compression(String mediaType, int... magic) {
        this.mediaType = new MediaType(mediaType);
        this.magic = magic;
    }

    /// The type of a blob of which nothing else is known.
    public MediaType mediaType() {
        return mediaType;
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
        if (GZIP.begins(start)) {
            return GZIP;
        }
        return ZSTD.begins(start) ? ZSTD : NONE;
    }

    private boolean begins(byte[] start) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
