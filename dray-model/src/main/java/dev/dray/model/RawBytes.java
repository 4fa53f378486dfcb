package dev.dray.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The immutable bytes of a document, exactly as pushed and served.
///
/// Thread safe. Copies on the way in and out, so nobody can change them; [#stream] and [#buffer] do not copy.
public final class RawBytes {
    private final byte[] bytes;

    private RawBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static RawBytes copyOf(byte[] bytes) {
        return new RawBytes(bytes.clone());
    }

    public static RawBytes utf8(String text) {
        return new RawBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return bytes.length;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    /// A read-only view.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    public Digest digest(Digest.Algorithm algorithm) {
        return Digest.of(algorithm, algorithm.hasher().digest(bytes));
    }

    public Digest sha256() {
        return digest(Digest.Algorithm.SHA256);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawBytes raw && Arrays.equals(bytes, raw.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The bytes as UTF-8 text.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
