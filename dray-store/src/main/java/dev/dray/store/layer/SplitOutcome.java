package dev.dray.store.layer;

import dev.dray.layer.prove.GzipScan;
import dev.dray.model.Digest;
import java.util.Optional;

/// The result of splitting a blob.
public sealed interface SplitOutcome {
    /// The layer is stored as contents and tar recipe, durably. That the blob can be rebuilt from it is not
    /// proven yet.
    ///
    /// @param blob as it was announced; its bytes were not compared
    /// @param diffId SHA-256 of the plain bytes
    /// @param size of the plain bytes
    /// @param scan of the compression; empty when the blob is the layer itself
    record Split(Digest blob, Digest diffId, long size, Optional<GzipScan> scan) implements SplitOutcome {}

    /// The blob cannot be split: it is of a form that is not known, or damaged as it came.
    ///
    /// @param reason for people, one line
    record Refused(String reason) implements SplitOutcome {}

    /// Contents that the layer shares with others were collected while it was split. Nothing was stored;
    /// [Layers#prove] splits the blob again, from its file.
    record Overtaken() implements SplitOutcome {}
}
