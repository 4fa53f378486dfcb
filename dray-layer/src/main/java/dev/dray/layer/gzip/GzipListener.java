package dev.dray.layer.gzip;

import dev.dray.layer.deflate.TokenListener;

/// Hears of the parts of a gzip file while it is read; block and plain offsets count from the member's
/// beginning.
public interface GzipListener extends TokenListener {
    /// Hears nothing.
    GzipListener NONE = start -> false;

    /// A member begins.
    default void memberStarted(GzipHeader header) {}

    /// The present member has ended.
    default void memberEnded(GzipMember member) {}
}
