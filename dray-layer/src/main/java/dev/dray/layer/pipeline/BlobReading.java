package dev.dray.layer.pipeline;

import dev.dray.layer.prove.GzipScan;
import java.util.Optional;

/// The result of reading a blob once, from its first byte.
///
/// @param <P> what is known of the plain bytes
public sealed interface BlobReading<P> {
    /// All plain bytes were read.
    ///
    /// @param gzip the structure of the compressed blob; empty when the blob is not compressed
    record Plain<P>(Optional<GzipScan> gzip, P plain) implements BlobReading<P> {}

    /// The blob is damaged, or compressed in a way that cannot be read. Reading stopped where that showed.
    ///
    /// @param reason for people, one line
    record Refused<P>(String reason) implements BlobReading<P> {}
}
