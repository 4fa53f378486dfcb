package dev.dray.store.pack;

import dev.dray.model.Digest;

/// Tells the contents that the store has, which need not be written again.
@FunctionalInterface
public interface KnownContents {
    /// True when the store has the content; the implementation remembers that the layer relies on it.
    boolean has(Digest digest, long size);
}
