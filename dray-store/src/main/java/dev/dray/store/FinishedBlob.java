package dev.dray.store;

import dev.dray.model.Digest;

/// Staged bytes that are complete and whose digest is known: what [Blobs#publish] takes, once.
public final class FinishedBlob {
    private final Digest digest;
    private final long size;

    FinishedBlob(Digest digest, long size) {
        this.digest = digest;
        this.size = size;
    }

    public Digest digest() {
        return digest;
    }

    /// Length in bytes.
    public long size() {
        return size;
    }
}
