package dev.dray.engine.adopt;

import dev.dray.model.RawBytes;
import java.util.Optional;

/// Gives the first bytes of the blobs of layers, where somebody can be asked for them. Thread safe.
@FunctionalInterface
public interface Beginnings {
    /// As much as is asked for; whoever asks makes do with less.
    int LENGTH = 64 << 10;

    /// The blob's first bytes, or empty when nobody has them.
    Optional<RawBytes> of(HostLayer layer);

    /// Asks nobody.
    static Beginnings none() {
        return _ -> Optional.empty();
    }
}
