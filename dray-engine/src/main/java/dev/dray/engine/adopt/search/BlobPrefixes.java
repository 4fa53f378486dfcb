package dev.dray.engine.adopt.search;

import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.model.RawBytes;
import java.util.Optional;

/// Gives the first bytes of the blobs of layers, where somebody can be asked for them. Thread safe.
@FunctionalInterface
public interface BlobPrefixes {
    /// The first bytes, as many as are asked for, or fewer.
    int LENGTH = 64 << 10;

    /// The blob's first bytes, or empty when nobody has them.
    Optional<RawBytes> of(HostLayer layer);

    /// Asks nobody.
    static BlobPrefixes none() {
        return _ -> Optional.empty();
    }
}
