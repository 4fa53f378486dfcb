package dev.dray.store.catalog;

import dev.dray.model.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An upload that spans requests. How far it has come is the length of its file, and kept nowhere else.
///
/// @param id unguessable
/// @param owner who started it, as the registry names callers; empty for anonymous
/// @param process holds the running digest; empty when that process is gone
/// @param lifetime how long it may lie idle
/// @param file name in the staging folder
public record UploadRow(
        String id,
        RepositoryName repository,
        String owner,
        Optional<ProcessId> process,
        Duration lifetime,
        Instant expires,
        String file) {}
