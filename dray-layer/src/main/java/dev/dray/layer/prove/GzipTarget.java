package dev.dray.layer.prove;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.util.Optional;
import java.util.OptionalLong;

/// A gzip blob whose bytes are not at hand, by its digest: enough to recognise it when an attempt produces it.
///
/// @param digest of the blob, SHA-256; empty when any blob will do, as for a layer that never had one
/// @param size of the blob, where it is known: an attempt that passes it is over
/// @param beginning the blob's first bytes as far as they are known, or none: an attempt with others is over
public record GzipTarget(Optional<Digest> digest, OptionalLong size, RawBytes beginning) {
    private static final RawBytes NOTHING = RawBytes.copyOf(new byte[0]);

    public GzipTarget {
        if (digest.filter(known -> known.algorithm() != Digest.Algorithm.SHA256).isPresent()) {
            throw new IllegalArgumentException("recipes are for SHA-256, not for " + digest.get());
        }
    }

    /// A blob of which the first bytes are not known.
    public static GzipTarget of(Digest digest, OptionalLong size) {
        return new GzipTarget(Optional.of(digest), size, NOTHING);
    }

    /// Any blob: the output of the encoder is right, whatever it is.
    public static GzipTarget any() {
        return new GzipTarget(Optional.empty(), OptionalLong.empty(), NOTHING);
    }

    /// The same blob, its first bytes known.
    public GzipTarget beginningWith(RawBytes bytes) {
        return new GzipTarget(digest, size, bytes);
    }
}
