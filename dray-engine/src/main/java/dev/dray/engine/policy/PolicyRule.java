package dev.dray.engine.policy;

import dev.dray.model.ByteSize;
import dev.dray.model.RepositoryName;
import dev.dray.model.RepositoryPattern;

/// What is kept of the blobs of some repositories.
///
/// @param smallest blobs below this size are not meant, and fall to the next rule
public record PolicyRule(RepositoryPattern pattern, ByteSize smallest, StorageForm keep) {
    boolean fits(RepositoryName repository, long size) {
        return size >= smallest.bytes() && pattern.matches(repository);
    }
}
