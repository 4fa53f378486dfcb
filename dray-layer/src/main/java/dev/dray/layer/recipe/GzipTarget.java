package dev.dray.layer.recipe;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.util.OptionalLong;

/// What is known of a gzip blob whose bytes are not at hand: enough to tell when it was made again.
///
/// @param digest of the blob, SHA-256
/// @param size of the blob, where it is known: an attempt that passes it is over
/// @param beginning the blob's first bytes as far as they are known, or none: an attempt with others is over
public record GzipTarget(Digest digest, OptionalLong size, RawBytes beginning) {
    public GzipTarget {
        if (digest.algorithm() != Digest.Algorithm.SHA256) {
            throw new IllegalArgumentException("recipes are for SHA-256, not for " + digest);
        }
    }

    /// A blob of which the first bytes are not known.
    public static GzipTarget of(Digest digest, OptionalLong size) {
        return new GzipTarget(digest, size, RawBytes.copyOf(new byte[0]));
    }
}
