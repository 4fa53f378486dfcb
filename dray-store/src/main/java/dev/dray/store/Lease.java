package dev.dray.store;

import dev.dray.model.Digest;
import java.util.Collection;

/// A promise that some blobs are not collected, until it is closed or the process ends. Thread safe; the caller
/// closes.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString", "InlineMeSuggester"}) // bodies follow
public final class Lease implements AutoCloseable {
    Lease() {}

    /// Adds digests; the blobs need not exist yet. Durable on return.
    public void cover(Collection<Digest> digests) {
        throw new UnsupportedOperationException(digests.toString());
    }

    @Override
    public void close() {}
}
