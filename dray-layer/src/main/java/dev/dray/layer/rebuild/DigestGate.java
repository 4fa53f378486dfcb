package dev.dray.layer.rebuild;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/// Passes a blob on; holds the last write back until the digest of the whole agrees.
public final class DigestGate extends BulkOutputStream {
    private final Digest expected;
    private final long size;
    private final OutputStream target;
    private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
    private long passed;

    public DigestGate(Digest expected, long size, OutputStream target) {
        this.expected = expected;
        this.size = size;
        this.target = target;
    }

    /// @throws DrayException of kind CORRUPT when fewer bytes have come than there are
    void finish() {
        if (passed != size) {
            throw new DrayException(DrayException.Kind.CORRUPT, "rebuilt only %d bytes".formatted(passed))
                    .about(expected);
        }
        if (size == 0) {
            check();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        hasher.update(bytes, offset, length);
        passed += length;
        if (passed == size) {
            check();
        }
        target.write(bytes, offset, length);
    }

    private void check() {
        Digest actual = Digest.of(Digest.Algorithm.SHA256, hasher.digest());
        if (!actual.equals(expected)) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT, "rebuilt %s where %s was expected".formatted(actual, expected));
        }
    }
}
