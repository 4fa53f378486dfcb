package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.io.IOException;
import java.nio.ByteBuffer;

/// One request's hold on an upload session. The next request on the session ends this one, wherever it is: from
/// then on every call here fails with CANCELLED and writes nothing.
///
/// Between requests the session lives on in its row and its staging file, also when the process dies. Thread safe
/// in that a session may be taken over at any moment; one request uses one handle from one thread at a time. The
/// caller closes; closing ends the request, not the session.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString", "InlineMeSuggester"}) // bodies follow
public final class Upload implements AutoCloseable {
    Upload() {}

    /// The session's unguessable name.
    public String id() {
        throw new UnsupportedOperationException();
    }

    public RepositoryName repository() {
        throw new UnsupportedOperationException();
    }

    /// Who started the session, as given to [Uploads#start].
    public String owner() {
        throw new UnsupportedOperationException();
    }

    /// Bytes held so far: where the next byte goes.
    public long offset() {
        throw new UnsupportedOperationException();
    }

    /// Appends all that remains in `slab`; slabs of 1 MiB do well.
    ///
    /// @throws dev.dray.model.DrayException of kind CANCELLED when another request took the session over,
    ///     OUT_OF_SPACE when the disk is full
    public void write(ByteBuffer slab) throws IOException {
        throw new UnsupportedOperationException(slab.toString());
    }

    /// Compares what was written with what the client announced. [Blobs#publish] of the result also ends the
    /// session; after a mismatch it goes on until it is cancelled.
    public FinishOutcome finish(Digest expected) throws IOException {
        throw new UnsupportedOperationException(expected.toString());
    }

    /// Ends the session and discards its bytes.
    public void cancel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
