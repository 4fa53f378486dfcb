package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.store.filesystem.StoreFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Bytes on their way into the store, hashed as they come. They belong to this process: when it ends they are
/// discarded. An [Upload] is the kind that outlives requests and processes.
///
/// Up to [dev.dray.store.catalog.BlobLocation#LARGEST_INLINE] bytes stay in memory, the rest is written to a file
/// of the staging folder. Not thread safe. The caller closes; closing discards what was not published.
public final class StagedBlob implements AutoCloseable {
    private final StagedBytes bytes;
    private final Digest.Algorithm algorithm;
    private @Nullable FinishedBlob finished;

    public StagedBlob(StagedBytes bytes, Digest.Algorithm algorithm) {
        this.bytes = bytes;
        this.algorithm = algorithm;
    }

    /// Bytes written so far.
    public long size() {
        return bytes.size();
    }

    /// Appends all that remains in `slab`; slabs of 1 MiB do well.
    ///
    /// @throws dev.dray.model.DrayException of kind OUT_OF_SPACE when the disk is full
    public void write(ByteBuffer slab) {
        requireWritable();
        try {
            bytes.write(slab);
        } catch (IOException e) {
            throw StoreFailure.of("cannot write a blob", e);
        }
    }

    /// Ends the writing and compares. The bytes are read once more only when `expected` has another algorithm than
    /// they were hashed with.
    public FinishOutcome finish(Digest expected) {
        FinishedBlob blob = finish(expected.algorithm());
        return blob.digest().equals(expected)
                ? new FinishOutcome.Complete(blob)
                : new FinishOutcome.Mismatch(expected, blob.digest(), blob.size());
    }

    /// Ends the writing of bytes whose digest nobody has announced.
    public FinishedBlob finish() {
        return finish(algorithm);
    }

    private FinishedBlob finish(Digest.Algorithm wanted) {
        requireWritable();
        try {
            FinishedBlob blob = new FinishedBlob(bytes.digest(wanted), bytes, transaction -> {});
            finished = blob;
            return blob;
        } catch (IOException e) {
            throw StoreFailure.of("cannot read a staged blob", e);
        }
    }

    private void requireWritable() {
        if (finished != null || bytes.isBroken()) {
            throw new IllegalStateException("the staged blob is finished, closed or has failed before");
        }
    }

    @Override
    public void close() {
        FinishedBlob blob = finished;
        if (blob == null || blob.take()) {
            bytes.discardQuietly();
        }
    }
}
