package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.Catalog.Writing;
import java.util.Optional;

/// The bytes of a store. Thread safe.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString", "InlineMeSuggester"}) // bodies follow
public final class Blobs {
    Blobs() {}

    /// The blob of a row that was read from the catalog, in whatever repository the caller was allowed to find it.
    /// Empty when it was collected since.
    public Optional<Blob> open(BlobRow row) {
        throw new UnsupportedOperationException(row.toString());
    }

    /// The blob, when it may be read in `repository`.
    public Optional<Blob> find(RepositoryName repository, Digest digest) {
        throw new UnsupportedOperationException(repository + digest.toString());
    }

    /// Begins to take bytes in, hashed with `algorithm`; the caller closes.
    public StagedBlob stage(Digest.Algorithm algorithm) {
        throw new UnsupportedOperationException(algorithm.toString());
    }

    /// Makes a finished blob part of the store, together with what `writing` does, in one transaction: the row of
    /// the blob is there when `writing` runs, so it can be linked. Bytes, directory entry and rows are durable on
    /// return.
    ///
    /// When healthy bytes of the digest are there already, the new ones are dropped; damaged ones are replaced.
    /// When `writing` throws, the blob is not published, its staged bytes are gone, and the exception reaches the
    /// caller.
    ///
    /// @throws dev.dray.model.DrayException of kind OUT_OF_SPACE when the disk is full; UNAVAILABLE when the disk
    ///     fails
    public <T> T publish(FinishedBlob blob, Writing<T> writing) {
        throw new UnsupportedOperationException(blob.toString() + writing);
    }

    /// Notes that someone may be about to reference the blob, so that it is not collected before he does. Writes
    /// nothing when a manifest of the repository references it, and at most once an hour else.
    public void keep(RepositoryName repository, BlobRow row) {
        throw new UnsupportedOperationException(repository + row.toString());
    }
}
