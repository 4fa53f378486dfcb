package dev.dray.store.catalog;

import dev.dray.model.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The uploads under way, of all repositories.
public interface UploadTable {
    Optional<Row> find(String id);

    /// Records an upload, in place of the row of the same id.
    void put(Row row);

    /// @return false when there was no such upload
    boolean delete(String id);

    /// Uploads whose time was over at `now`, oldest first.
    List<Row> expired(Instant now, int limit);

    /// True when an upload has this file.
    boolean ownsFile(String file);

    /// An upload that spans requests. How far it has come is the length of its file, and kept nowhere else.
    ///
    /// @param id unguessable
    /// @param owner who started it, as the registry names callers; empty for anonymous
    /// @param process holds the running digest; empty when that process is gone
    /// @param lifetime how long it may lie idle
    /// @param file name in the staging folder
    record Row(
            String id,
            RepositoryName repository,
            String owner,
            Optional<ProcessId> process,
            Duration lifetime,
            Instant expires,
            String file) {}
}
