package dev.dray.store;

import dev.dray.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes on their way into the store, hashed as they come. They belong to this process: when it ends they are
/// discarded. An [Upload] is the kind that outlives requests and processes.
///
/// Up to [dev.dray.store.catalog.BlobLocation#LARGEST_INLINE] bytes stay in memory, the rest is written to a file
/// of the staging folder. Not thread safe. The caller closes; closing discards what was not published.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString", "InlineMeSuggester"}) // bodies follow
public final class StagedBlob implements AutoCloseable {
    StagedBlob() {}

    /// Bytes written so far.
    public long size() {
        throw new UnsupportedOperationException();
    }

    /// Appends all that remains in `slab`; slabs of 1 MiB do well.
    ///
    /// @throws dev.dray.model.DrayException of kind OUT_OF_SPACE when the disk is full
    public void write(ByteBuffer slab) throws IOException {
        throw new UnsupportedOperationException(slab.toString());
    }

    /// Ends the writing and compares. The file is read once more only when `expected` has another algorithm than
    /// the bytes were hashed with.
    public FinishOutcome finish(Digest expected) throws IOException {
        throw new UnsupportedOperationException(expected.toString());
    }

    /// Ends the writing of bytes whose digest nobody has announced.
    public FinishedBlob finish() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
