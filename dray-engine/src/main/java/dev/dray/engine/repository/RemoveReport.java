package dev.dray.engine.repository;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.store.collect.CollectReport;
import java.util.List;
import java.util.Optional;

/// The result of a removal.
///
/// @param repository with its host
/// @param untagged names that are gone
/// @param deleted manifests that lost their last name
/// @param freed what came free at once; empty when a collection was running, which leaves it to the next one
public record RemoveReport(
        RepositoryName repository, List<Tag> untagged, List<Digest> deleted, Optional<CollectReport> freed) {
    public RemoveReport {
        untagged = List.copyOf(untagged);
        deleted = List.copyOf(deleted);
    }
}
