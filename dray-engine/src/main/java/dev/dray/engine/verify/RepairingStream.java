package dev.dray.engine.verify;

import dev.dray.model.DrayException;
import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a blob, which is mended when reading it fails. Not thread safe.
final class RepairingStream extends BulkInputStream {
    private final Opener opener;
    private final Mending mending;
    private long position;
    private InputStream current;

    /// Opens the blob at a place in it.
    @FunctionalInterface
    interface Opener {
        InputStream open(long position) throws IOException;
    }

    /// Mends the blob.
    @FunctionalInterface
    interface Mending {
        /// @return whether it is worth another try; else the failure counts
        boolean mend(Exception failure) throws IOException;
    }

    RepairingStream(Opener opener, Mending mending, long position) throws IOException {
        this.opener = opener;
        this.mending = mending;
        this.position = position;
        this.current = openMended();
    }

    private InputStream openMended() throws IOException {
        try {
            return opener.open(position);
        } catch (IOException | DrayException failure) {
            if (mending.mend(failure)) {
                return opener.open(position);
            }
            throw failure;
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = current.read(target, offset, length);
        } catch (IOException | DrayException failure) {
            if (!mending.mend(failure)) {
                throw failure;
            }
            current.close();
            current = opener.open(position);
            count = current.read(target, offset, length);
        }
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
