package dev.dray.engine;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import java.util.List;

/// What a removal did.
///
/// @param repository with its host
/// @param untagged names that are gone
/// @param deleted manifests that lost their last name
public record RemoveReport(RepositoryName repository, List<Tag> untagged, List<Digest> deleted) {
    public RemoveReport {
        untagged = List.copyOf(untagged);
        deleted = List.copyOf(deleted);
    }
}
