package dev.dray.store.blob;

import dev.dray.model.Digest;

/// What the end of a transfer showed.
public sealed interface FinishOutcome {
    /// The bytes are what was announced, and can be published.
    record Complete(FinishedBlob blob) implements FinishOutcome {}

    /// The bytes hash to something else. They are still staged; closing or cancelling discards them.
    record Mismatch(Digest expected, Digest actual, long size) implements FinishOutcome {}
}
