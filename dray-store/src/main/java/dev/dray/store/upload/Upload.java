package dev.dray.store.upload;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.blob.FinishOutcome;
import java.nio.ByteBuffer;

/// One request's hold on an upload session. The next request on the session ends this one, wherever it is: from
/// then on every call here fails with CANCELLED and writes nothing.
///
/// Between requests the session lives on in its row and its staging file, also when the process dies. Thread safe
/// in that a session may be taken over at any moment; one request uses one handle from one thread at a time. The
/// caller closes; closing ends the request, not the session.
public final class Upload implements AutoCloseable {
    private final UploadSession session;

    Upload(UploadSession session) {
        this.session = session;
    }

    /// The session's unguessable name.
    public String id() {
        return session.row().id();
    }

    public RepositoryName repository() {
        return session.row().repository();
    }

    /// Who started the session, as given to [Uploads#start].
    public String owner() {
        return session.row().owner();
    }

    /// Bytes held so far: where the next byte goes.
    public long offset() {
        return session.offset(this);
    }

    /// Appends all that remains in `slab`; slabs of 1 MiB do well.
    ///
    /// @throws dev.dray.model.DrayException of kind CANCELLED when another request took the session over,
    ///     OUT_OF_SPACE when the disk is full
    public void write(ByteBuffer slab) {
        session.write(this, slab);
    }

    /// Compares what was written with what the client announced. [Blobs#publish] of the result also ends the
    /// session; after a mismatch it goes on until it is cancelled.
    public FinishOutcome finish(Digest expected) {
        return session.finish(this, expected);
    }

    /// Ends the session and discards its bytes.
    public void cancel() {
        session.cancel(this);
    }

    @Override
    public void close() {
        session.release(this);
    }
}
