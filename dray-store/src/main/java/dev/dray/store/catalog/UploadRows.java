package dev.dray.store.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The uploads under way, of all repositories.
public interface UploadRows {
    Optional<UploadRow> find(String id);

    /// Records an upload, in place of the row of the same id.
    void put(UploadRow row);

    /// @return false when there was no such upload
    boolean delete(String id);

    /// Uploads whose time was over at `now`, oldest first.
    List<UploadRow> expired(Instant now, int limit);

    /// True when an upload has this file.
    boolean ownsFile(String file);
}
