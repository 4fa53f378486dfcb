package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Transaction;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Staged bytes that are complete and whose digest is known: what [Blobs#publish] takes, once.
public final class FinishedBlob {
    private final Digest digest;
    private final long size;
    private final StagedBytes bytes;
    private final Consumer<Transaction> alongside;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile boolean published;

    /// @param alongside belongs to the publishing, in its transaction
    public FinishedBlob(Digest digest, StagedBytes bytes, Consumer<Transaction> alongside) {
        this.digest = digest;
        this.size = bytes.size();
        this.bytes = bytes;
        this.alongside = alongside;
    }

    public Digest digest() {
        return digest;
    }

    /// Length in bytes.
    public long size() {
        return size;
    }

    /// Claims the bytes, for publishing or for taking them back.
    ///
    /// @return false when they were claimed before
    public boolean take() {
        return taken.compareAndSet(false, true);
    }

    public void markPublished() {
        published = true;
    }

    public boolean isPublished() {
        return published;
    }

    public StagedBytes bytes() {
        return bytes;
    }

    void recordAlongside(Transaction transaction) {
        alongside.accept(transaction);
    }
}
