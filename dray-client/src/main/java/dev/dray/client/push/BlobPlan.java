package dev.dray.client.push;

import dev.dray.model.RepositoryName;
import java.util.Optional;

/// What is done about one blob, decided by what is remembered of it; see [PushPlanner].
public sealed interface BlobPlan {
    /// Not known to be absent. A strict registry says so when the manifest is put; others are asked by one HEAD. When
    /// it
    /// is not there, it is sent, linked from `from` where that is known.
    record Ask(Optional<RepositoryName> from) implements BlobPlan {}

    /// A mount without a HEAD before it. When the registry declines, its session takes the upload.
    record Link(RepositoryName from) implements BlobPlan {}

    /// The registry links it when it stores the manifest, which names `from`. When it does not, the blob is uploaded.
    record LinkByManifest(RepositoryName from) implements BlobPlan {}

    /// Made here and never sent anywhere: uploaded without asking.
    record Upload() implements BlobPlan {}

    /// True when the blob is sent before the manifest is put.
    default boolean isSentFirst() {
        return switch (this) {
            case Link _, Upload _ -> true;
            case Ask _, LinkByManifest _ -> false;
        };
    }

    /// The source of the mount in this plan.
    default Optional<RepositoryName> source() {
        return switch (this) {
            case Ask(Optional<RepositoryName> from) -> from;
            case Link(RepositoryName from) -> Optional.of(from);
            case LinkByManifest(RepositoryName from) -> Optional.of(from);
            case Upload() -> Optional.empty();
        };
    }
}
