package dev.dray.engine.adopt.search;

import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.layer.recipe.EncoderId;
import java.time.Duration;
import java.util.Optional;

/// Whether a layer gives its original blob back.
///
/// @param encoder of the blob, when it was found
/// @param tarSize bytes of its tar, 0 when that cannot be had
/// @param size bytes of the blob, 0 when it is not known
/// @param tried how many encoders were run; 0 when the right one was remembered
/// @param reason one line for people, empty for an exact layer
/// @param advice what to do about it, when that is known
public record SearchedLayer(
        HostLayer layer,
        Outcome outcome,
        Optional<EncoderId> encoder,
        long tarSize,
        long size,
        int tried,
        Duration time,
        String reason,
        Optional<String> advice) {
    /// The result of the search.
    public enum Outcome {
        /// The whole blob was rebuilt.
        EXACT,
        /// The layer never had a blob, or none that the engine remembers.
        NO_BLOB,
        /// Its tar is whole, but no known encoder rebuilds its blob.
        UNKNOWN,
        /// Its tar cannot be had.
        UNREADABLE
    }
}
