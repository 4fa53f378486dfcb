package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// The blobs of the store, whoever may read them. For the store itself and for the operator's commands: a request
/// reaches blobs through [Links].
public interface BlobRows {
    /// A blob that was touched within this time need not be touched again.
    Duration BETWEEN_TOUCHES = Duration.ofHours(1);

    Optional<BlobRow> find(Digest digest);

    /// The bytes of an inline blob.
    Optional<RawBytes> bytes(Digest digest);

    /// Records a blob that is a file, in place of what was known of the digest before.
    ///
    /// @param file path below the folder of blobs; its bytes and its directory entry are durable already
    void putFile(Digest digest, long size, String file, Instant now);

    /// Keeps a blob in the database, in place of what was known of the digest before.
    void putInline(Digest digest, RawBytes bytes, Instant now);

    /// Postpones the collection of unreferenced blobs: the hour of asking.
    void touch(Collection<Digest> digests, Instant now);

    /// Notes that the stored bytes are not what the digest says.
    void markDamaged(Digest digest);

    /// True when a row names this file.
    boolean ownsFile(String file);
}
