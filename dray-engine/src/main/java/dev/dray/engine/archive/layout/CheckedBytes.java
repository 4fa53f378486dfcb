package dev.dray.engine.archive.layout;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.io.BulkFilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Hashes the bytes of a blob while they are read, for the place that they go to. Not thread safe.
public final class CheckedBytes extends BulkFilterInputStream {
    private final Descriptor expected;
    private final MessageDigest hasher;

    public CheckedBytes(InputStream in, Descriptor expected) {
        super(in);
        this.expected = expected;
        this.hasher = expected.digest().algorithm().hasher();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            hasher.update(bytes, offset, read);
        }
        return read;
    }

    /// To be called when as many bytes as expected were read.
    ///
    /// @throws DrayException of kind CORRUPT when they are not the blob, or there are more
    public void requireWhole() throws IOException {
        boolean more = in.read() >= 0;
        Digest actual = Digest.of(expected.digest().algorithm(), hasher.digest());
        if (more || !actual.equals(expected.digest())) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "the bytes of blob %s %s"
                                    .formatted(
                                            expected.digest(),
                                            more ? "are more than %d".formatted(expected.size()) : "hash to " + actual))
                    .about(expected.digest());
        }
    }
}
