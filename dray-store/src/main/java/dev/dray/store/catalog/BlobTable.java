package dev.dray.store.catalog;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The blobs of the store, whoever may read them. For the store itself and for the operator's commands: a request
/// reaches blobs through [Links].
///
/// The collector decides by [#list] and asks again, in the transaction that removes.
public interface BlobTable {
    /// A blob that was touched within this time need not be touched again.
    Duration BETWEEN_TOUCHES = Duration.ofHours(1);

    Optional<Row> find(Digest digest);

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

    /// A page of all blobs in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<BlobUse> list(Optional<Digest> last, int limit);

    /// True when a manifest of any repository references the blob.
    boolean isReferenced(Digest blob);

    /// Removes a blob from the catalog, with the links to it. The caller removes its file, after the commit.
    void remove(Digest blob);

    /// What the catalog knows of a blob.
    ///
    /// @param size length in bytes
    /// @param location where its bytes are
    /// @param damaged its stored bytes were found not to hash to the digest; a push of the same digest heals it
    /// @param touched when it was last put, or last asked for by someone who may be about to reference it
    record Row(Digest digest, long size, BlobLocation location, boolean damaged, Instant touched) {}

    /// A blob, and whether a manifest references it.
    record BlobUse(Row row, boolean referenced) {
        public Digest digest() {
            return row.digest();
        }
    }
}
