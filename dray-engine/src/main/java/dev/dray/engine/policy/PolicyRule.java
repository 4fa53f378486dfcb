package dev.dray.engine.policy;

import dev.dray.model.ByteSize;
import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;

/// The storage form for blobs of some repositories.
///
/// @param smallest smaller blobs fall to the next rule
public record PolicyRule(RepositoryPattern pattern, ByteSize smallest, StorageForm form) {
    boolean fits(RepositoryName repository, long size) {
        return size >= smallest.bytes() && pattern.matches(repository);
    }
}
