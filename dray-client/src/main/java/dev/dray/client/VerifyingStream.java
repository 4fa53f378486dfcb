package dev.dray.client;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Supplier;

/// Passes bytes on, and withholds the last ones until size and digest of the whole are verified.
final class VerifyingStream extends BulkInputStream {
    private final InputStream in;
    private final Descriptor expected;
    private final Supplier<String> culprit;
    private final MessageDigest hasher;
    private long count;
    private boolean verified;

    /// @param culprit names the source of the bytes when they are wrong
    VerifyingStream(InputStream in, Descriptor expected, Supplier<String> culprit) throws IOException {
        this.in = in;
        this.expected = expected;
        this.culprit = culprit;
        this.hasher = expected.digest().algorithm().hasher();
        if (expected.size() == 0) {
            verify();
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (verified) {
            return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, expected.size() - count));
        if (read < 0) {
            throw corrupt("ended after %d of %d bytes".formatted(count, expected.size()));
        }
        hasher.update(buffer, offset, read);
        count += read;
        if (count == expected.size()) {
            verify();
        }
        return read;
    }

    private void verify() throws IOException {
        if (in.read() >= 0) {
            throw corrupt("is longer than its %d bytes".formatted(expected.size()));
        }
        Digest actual = Digest.of(expected.digest().algorithm(), hasher.digest());
        if (!actual.equals(expected.digest())) {
            throw corrupt("has the digest " + actual);
        }
        verified = true;
    }

    private DrayException corrupt(String how) {
        return new DrayException(
                DrayException.Kind.CORRUPT, "blob %s from %s %s".formatted(expected.digest(), culprit.get(), how));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
