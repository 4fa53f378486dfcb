package dev.dray.client;

import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A download that resumes where it broke, up to a number of times in a row without a byte of progress.
final class ResumingStream extends BulkInputStream {
    private final Opener opener;
    private final long size;
    private final int attempts;
    private final String attempted;
    private @Nullable InputStream current;
    private long position;
    private int failures;

    /// Opens the download at an offset.
    @FunctionalInterface
    interface Opener {
        InputStream open(long offset) throws IOException;
    }

    /// @param offset of the first byte
    /// @param size end of the content
    /// @param attempts most consecutive breaks
    /// @param attempted the operation, for the message
    ResumingStream(Opener opener, long offset, long size, int attempts, String attempted) throws IOException {
        this.attempted = attempted;
        this.opener = opener;
        this.position = offset;
        this.size = size;
        this.attempts = attempts;
        this.current = offset < size ? opener.open(offset) : InputStream.nullInputStream();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            try {
                InputStream in = current;
                if (in == null && position >= size) {
                    return -1;
                }
                if (in == null) {
                    in = opener.open(position);
                    current = in;
                }
                int read = in.read(buffer, offset, length);
                if (read >= 0) {
                    position += read;
                    failures = 0;
                    return read;
                }
                if (position >= size) {
                    return -1;
                }
                throw new IOException("download ended after %d of %d bytes".formatted(position, size));
            } catch (IOException e) {
                abandon();
                if (position >= size) {
                    return -1;
                }
                if (++failures > attempts || Thread.currentThread().isInterrupted()) {
                    throw new IOException(
                            "cannot %s: broken off after %d of %d bytes, %d times in a row: %s"
                                    .formatted(attempted, position, size, failures, e.getMessage()),
                            e);
                }
            }
        }
    }

    private void abandon() {
        try {
            close();
        } catch (IOException e) {
            // It is broken already.
        }
        current = null;
    }

    @Override
    public void close() throws IOException {
        InputStream in = current;
        if (in != null) {
            in.close();
        }
    }
}
