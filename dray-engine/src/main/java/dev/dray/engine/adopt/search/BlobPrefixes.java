package dev.dray.engine.adopt.search;

import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.model.RawBytes;
import java.util.Optional;

/// Gives the first bytes of the blobs of layers, where somebody can be asked for them. Thread safe.
@FunctionalInterface
public interface BlobPrefixes {
    /// As much as is asked for; whoever asks makes do with less.
    int LENGTH = 64 << 10;

    /// The blob's first bytes, or empty when nobody has them.
    Optional<RawBytes> of(HostLayer layer);

    /// Asks nobody.
    static BlobPrefixes none() {
        return _ -> Optional.empty();
    }
}
