package dev.dray.store.catalog;

import dev.dray.model.Digest;
import java.util.List;
import java.util.Optional;

/// Which blobs nobody needs any more. For the collector; what it decides by, it asks again in the transaction that
/// removes.
public interface Garbage {
    /// A page of all blobs in the order of their digests.
    ///
    /// @param last where the page before ended, exclusive
    List<BlobUse> blobs(Optional<Digest> last, int limit);

    /// True when a manifest of any repository references the blob.
    boolean isReferenced(Digest blob);

    /// Removes a blob from the catalog, with the links to it. A file of it is the caller's to remove, after the commit.
    void removeBlob(Digest blob);

    /// A blob, and whether a manifest references it.
    record BlobUse(BlobRow row, boolean referenced) {
        public Digest digest() {
            return row.digest();
        }
    }
}
