package dev.dray.client.push;

import dev.dray.client.transfer.BlobFate;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The planned action for one blob, chosen from its provenance; see [#of].
sealed interface BlobPlan {
    /// One HEAD; if the blob is absent it is sent, mounted from `from` where that is known.
    record Ask(Optional<RepositoryName> from) implements BlobPlan {}

    /// A mount without a HEAD before it. When the registry declines, its session takes the upload.
    record Link(RepositoryName from) implements BlobPlan {}

    /// Made here and never sent anywhere: uploaded without a query.
    record Upload() implements BlobPlan {}

    /// A blob seen in the target is queried, one seen elsewhere on the host is mounted, one never sent anywhere is
    /// uploaded, and any other is queried. Without its content a blob can only be queried, and no source is named
    /// for it.
    static BlobPlan of(PushGraph.Blob blob, String host, RepositoryName target, Provenance provenance) {
        var digest = blob.descriptor().digest();
        if (blob.content().isEmpty()) {
            return new Ask(Optional.empty());
        }
        Optional<RepositoryName> source = best(target, provenance.sources(host, digest));
        if (provenance.isSeen(host, target, digest)) {
            return new Ask(source);
        }
        return source.<BlobPlan>map(Link::new)
                .orElseGet(() -> provenance.isUnsent(digest) ? new Upload() : new Ask(Optional.empty()));
    }

    /// The source that shares the most leading path components with the target; among equals, the most recently
    /// seen.
    private static Optional<RepositoryName> best(RepositoryName target, List<RepositoryName> latestFirst) {
        return latestFirst.stream()
                .filter(source -> !source.equals(target))
                .min(Comparator.comparingInt(source -> -shared(source, target)));
    }

    private static int shared(RepositoryName one, RepositoryName other) {
        String[] left = one.value().split("/", -1);
        String[] right = other.value().split("/", -1);
        int count = 0;
        while (count < left.length && count < right.length && left[count].equals(right[count])) {
            count++;
        }
        return count;
    }

    /// The source of the mount in this plan.
    default Optional<RepositoryName> source() {
        return switch (this) {
            case Ask(Optional<RepositoryName> from) -> from;
            case Link(RepositoryName from) -> Optional.of(from);
            case Upload() -> Optional.empty();
        };
    }

    /// Carries the plan out, and returns the blob's fate.
    default BlobFate carryOut(PushGraph.Blob blob, PushTarget target) {
        return switch (this) {
            case Upload() -> target.send(blob.descriptor(), blob.content().orElseThrow(), Optional.empty());
            case Link(RepositoryName from) ->
                target.send(blob.descriptor(), blob.content().orElseThrow(), Optional.of(from));
            case Ask(Optional<RepositoryName> from) ->
                target.has(blob.descriptor())
                        ? new BlobFate.AlreadyThere()
                        : target.send(blob.descriptor(), blob.content().orElseThrow(() -> notHere(blob)), from);
        };
    }

    private static DrayException notHere(PushGraph.Blob blob) {
        return new DrayException(
                        DrayException.Kind.NOT_FOUND,
                        "blob %s is neither here nor in the target"
                                .formatted(blob.descriptor().digest()))
                .advising("pull the image again");
    }
}
