package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Manifests.Stored;
import dev.dray.store.catalog.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The content that a manifest about to be stored needs: checked, and what the repository lacks linked from the
/// repositories that the client named (`Dray-Link-From`, docs/extensions/link-from.md).
///
/// A blob is linked when one of them has it undamaged; a child manifest when one of them has it and all that it
/// references is here or can be linked too. From other repositories nothing is ever linked. Works in the transaction
/// that stores the manifest, so that a manifest which is refused after all leaves no link behind.
final class ContentLinks {
    /// More children than this are pushed one by one; it bounds what one request can make the catalog do.
    private static final int MOST_CHILDREN = 1_000;

    private static final int DEEPEST = 4;

    private final Transaction.Repository target;
    private final List<Transaction.Repository> sources;
    private final List<Linked> linked = new ArrayList<>();
    private final Set<Digest> refused = new HashSet<>();
    private int children;

    private ContentLinks(Transaction.Repository target, List<Transaction.Repository> sources) {
        this.target = target;
        this.sources = sources;
    }

    /// A blob that was linked.
    record Linked(Digest digest, RepositoryName source, long size) {}

    /// @param sources where the caller may pull
    static ContentLinks of(Transaction transaction, Transaction.Repository target, List<RepositoryName> sources) {
        return new ContentLinks(
                target, sources.stream().map(transaction::repository).toList());
    }

    List<Linked> linked() {
        return List.copyOf(linked);
    }

    /// What the manifest needs and cannot have, in its order, each digest once. A subject may be absent.
    Set<Digest> missing(Manifest manifest) {
        return missing(manifest, 0);
    }

    private Set<Digest> missing(Manifest manifest, int depth) {
        return switch (manifest) {
            case Manifest.Image image -> {
                Set<Digest> blobs = target.links()
                        .missing(RegistryManifests.needed(image).distinct().toList());
                blobs.removeIf(this::linkBlob);
                yield blobs;
            }
            case Manifest.Index index -> {
                Set<Digest> manifests = target.manifests()
                        .missing(index.manifests().stream()
                                .map(Descriptor::digest)
                                .distinct()
                                .toList());
                manifests.removeIf(child -> linkManifest(child, depth + 1));
                yield manifests;
            }
        };
    }

    private boolean linkBlob(Digest digest) {
        for (Transaction.Repository source : sources) {
            Optional<BlobTable.Row> there = source.links().find(digest).filter(row -> !row.damaged());
            if (there.isPresent()) {
                target.links().add(digest);
                linked.add(new Linked(digest, source.name(), there.get().size()));
                return true;
            }
        }
        return false;
    }

    /// Children of one that is refused may stay linked until the transaction ends, which it does by failing.
    private boolean linkManifest(Digest digest, int depth) {
        if (depth > DEEPEST || refused.contains(digest)) {
            return false;
        }
        for (Transaction.Repository source : sources) {
            Optional<Stored> there = source.manifests().find(digest);
            if (there.isPresent() && children++ < MOST_CHILDREN) {
                Manifest child = there.get().parse();
                if (missing(child, depth).isEmpty()) {
                    target.manifests().put(digest, child);
                    return true;
                }
                break; // a manifest needs the same wherever it is kept
            }
        }
        refused.add(digest);
        return false;
    }
}
