package dev.dray.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The identifier of content: an algorithm and its hash, stored as primitive words.
///
/// Only `sha256` and `sha512` exist here; both are registered in the OCI image specification (descriptor.md,
/// "Digests"). The text form is `algorithm:hex` with lower-case hex of exact length. [#parse] checks it in full, so a
/// digest is safe in a path. Thread safe.
public sealed interface Digest extends Comparable<Digest> {

    /// A hash function for digests.
    enum Algorithm {
        SHA256("sha256", "SHA-256", 32),
        SHA512("sha512", "SHA-512", 64);

        private final String label;
        private final String standardName;
        private final int bytes;

        Algorithm(String label, String standardName, int bytes) {
            this.label = label;
            this.standardName = standardName;
            this.bytes = bytes;
        }

        /// Its name in the text of a digest, `sha256`.
        public String label() {
            return label;
        }

        /// Length of the hash in bytes.
        public int bytes() {
            return bytes;
        }

        /// A fresh hasher. Not thread safe.
        public MessageDigest hasher() {
            try {
                return MessageDigest.getInstance(standardName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + standardName, e);
            }
        }

        /// The algorithm called `label`.
        ///
        /// @throws DrayException of kind UNSUPPORTED when it is unknown
        public static Algorithm parse(String label) {
            for (Algorithm algorithm : values()) {
                if (algorithm.label.equals(label)) {
                    return algorithm;
                }
            }
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "unsupported digest algorithm \"" + Quote.shorten(label) + "\": use sha256 or sha512");
        }
    }

    Algorithm algorithm();

    /// The hash, in lower-case hex.
    String hex();

    /// The hash as a new byte array.
    byte[] toByteArray();

    /// The first twelve hex digits, the form shown to users.
    default String shortHex() {
        return hex().substring(0, 12);
    }

    @Override
    default int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    /// Parses `algorithm:hex`.
    ///
    /// @throws DrayException of kind INVALID when it is malformed, UNSUPPORTED when the algorithm is unknown
    static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw invalid(text, "it is not of the form algorithm:hex");
        }
        String label = text.substring(0, colon);
        if (!label.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "+._-".indexOf(c) >= 0)) {
            throw invalid(text, "it is not of the form algorithm:hex");
        }
        Algorithm algorithm = Algorithm.parse(label);
        String hex = text.substring(colon + 1);
        if (hex.length() != 2 * algorithm.bytes || !hex.chars().allMatch(Digest::isLowerHex)) {
            throw invalid(text, "%s needs %d lower-case hex digits".formatted(algorithm.label, 2 * algorithm.bytes));
        }
        return of(algorithm, HexFormat.of().parseHex(hex));
    }

    /// The digest of this hash.
    ///
    /// @throws IllegalArgumentException when the length is not the algorithm's
    static Digest of(Algorithm algorithm, byte[] hash) {
        if (hash.length != algorithm.bytes) {
            throw new IllegalArgumentException("%d bytes for %s".formatted(hash.length, algorithm.label));
        }
        ByteBuffer words = ByteBuffer.wrap(hash).order(ByteOrder.BIG_ENDIAN);
        return switch (algorithm) {
            case SHA256 -> new Sha256(words.getLong(), words.getLong(), words.getLong(), words.getLong());
            case SHA512 ->
                new Sha512(
                        words.getLong(),
                        words.getLong(),
                        words.getLong(),
                        words.getLong(),
                        words.getLong(),
                        words.getLong(),
                        words.getLong(),
                        words.getLong());
        };
    }

    /// The SHA-256 digest of `content`.
    static Digest sha256(byte[] content) {
        return of(Algorithm.SHA256, Algorithm.SHA256.hasher().digest(content));
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static DrayException invalid(String text, String why) {
        return new DrayException(
                DrayException.Kind.INVALID, "invalid digest \"%s\": %s".formatted(Quote.shorten(text), why));
    }

    /// A SHA-256 digest, as four words, most significant first.
    record Sha256(long a, long b, long c, long d) implements Digest {
        @Override
        public Algorithm algorithm() {
            return Algorithm.SHA256;
        }

        @Override
        public byte[] toByteArray() {
            return ByteBuffer.allocate(32)
                    .putLong(a)
                    .putLong(b)
                    .putLong(c)
                    .putLong(d)
                    .array();
        }

        @Override
        public String hex() {
            return HexFormat.of().formatHex(toByteArray());
        }

        @Override
        public String toString() {
            return "sha256:" + hex();
        }
    }

    /// A SHA-512 digest, as eight words, most significant first.
    record Sha512(long a, long b, long c, long d, long e, long f, long g, long h) implements Digest {
        @Override
        public Algorithm algorithm() {
            return Algorithm.SHA512;
        }

        @Override
        public byte[] toByteArray() {
            return ByteBuffer.allocate(64)
                    .putLong(a)
                    .putLong(b)
                    .putLong(c)
                    .putLong(d)
                    .putLong(e)
                    .putLong(f)
                    .putLong(g)
                    .putLong(h)
                    .array();
        }

        @Override
        public String hex() {
            return HexFormat.of().formatHex(toByteArray());
        }

        @Override
        public String toString() {
            return "sha512:" + hex();
        }
    }
}
