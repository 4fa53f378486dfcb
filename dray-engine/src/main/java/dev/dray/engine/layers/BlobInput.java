package dev.dray.engine.layers;

import dev.dray.engine.layers.LayersListener.Step;
import dev.dray.model.Digest;
import dev.dray.model.io.BulkFilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// Reads a blob's file once, hashes and counts it, and reports the progress. Not thread safe.
final class BlobInput extends BulkFilterInputStream {
    private static final int BUFFER = 256 << 10;
    private static final long TELL = 4 << 20;

    private final String source;
    private final LayersListener listener;
    private final long total;
    private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
    private long count;
    private long told;

    BlobInput(String source, Path file, LayersListener listener) throws IOException {
        super(Files.newInputStream(file));
        this.source = source;
        this.listener = listener;
        this.total = Files.size(file);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            hasher.update(buffer, offset, read);
            count += read;
            if (count - told >= TELL) {
                told = count;
                listener.advance(source, Step.SPLIT, count, total);
            }
        }
        return read;
    }

    /// Reads the rest of the file; once only.
    ///
    /// @return the digest of the whole file
    Digest drain() throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (read(buffer, 0, buffer.length) >= 0) {
            // for the hasher
        }
        return Digest.of(Digest.Algorithm.SHA256, hasher.digest());
    }

    long count() {
        return count;
    }
}
