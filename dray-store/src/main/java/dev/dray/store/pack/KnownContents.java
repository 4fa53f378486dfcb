package dev.dray.store.pack;

import dev.dray.model.Digest;

/// Which contents need not be written again.
@FunctionalInterface
public interface KnownContents {
    /// True when the store has the content; whoever says so remembers that it was counted on.
    boolean has(Digest digest, long size);
}
