package dev.dray.store;

import dev.dray.model.Digest;
import java.util.List;

/// What a backup holds.
///
/// @param files of blobs and packs
/// @param bytes of them
/// @param damaged blobs whose bytes were missing or too few in the store itself; the backup says the same of them
public record BackupReport(long files, long bytes, List<Digest> damaged) {
    public BackupReport {
        damaged = List.copyOf(damaged);
    }
}
