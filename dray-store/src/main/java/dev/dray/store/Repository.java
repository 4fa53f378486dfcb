package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Manifests.Stored;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.Tags;
import dev.dray.store.catalog.Transaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One repository of a store, which need not exist: what is in it, by questions. Content is reached through its
/// repository and by no other way: a digest grants nothing. Who may ask is the caller's rule.
///
/// Each question is a transaction of its own. Callers that need several answers of one state, or that change what they
/// ask about, go to the [Catalog]. Thread safe.
public final class Repository {
    private static final int PAGE = 200;

    private final Catalog catalog;
    private final Blobs blobs;
    private final RepositoryName name;

    Repository(Catalog catalog, Blobs blobs, RepositoryName name) {
        this.catalog = catalog;
        this.blobs = blobs;
        this.name = name;
    }

    public RepositoryName name() {
        return name;
    }

    /// True when something was ever put here.
    public boolean exists() {
        return ask(Transaction.Repository::exists);
    }

    /// The names of the repositories that have this path behind a host, in ASCII order.
    public List<RepositoryName> behindHosts() {
        return ask(Transaction.Repository::behindHosts);
    }

    /// The manifest of this tag or digest, as the bytes that were pushed.
    public Optional<Stored> find(ManifestSelector selector) {
        return ask(repository -> find(repository, selector));
    }

    private static Optional<Stored> find(Transaction.Repository repository, ManifestSelector selector) {
        return switch (selector) {
            case ManifestSelector.ByDigest(Digest digest) ->
                repository.manifests().find(digest);
            case ManifestSelector.ByTag(Tag tag) -> repository.tags().find(tag).flatMap(repository.manifests()::find);
        };
    }

    /// What the catalog knows of a blob that may be read here, damaged or not.
    public Optional<BlobTable.Row> findBlob(Digest digest) {
        return ask(repository -> repository.links().find(digest));
    }

    /// The blob, when it may be read here and nobody found it damaged.
    public Optional<Blob> openBlob(Digest digest) {
        return findBlob(digest).filter(row -> !row.damaged()).flatMap(blobs::open);
    }

    /// Those of `digests` that are not here as whole blobs, in the same order.
    public Set<Digest> missing(Collection<Digest> digests) {
        return ask(repository -> {
            Set<Digest> missing = new LinkedHashSet<>(digests);
            missing.removeIf(digest -> repository
                    .links()
                    .find(digest)
                    .filter(row -> !row.damaged())
                    .isPresent());
            return missing;
        });
    }

    /// Makes a finished blob part of the store, as [Blobs#publish] does, and readable here. Durable on return.
    public void put(FinishedBlob blob) {
        blobs.publish(blob, transaction -> transaction.repository(name).links().add(blob.digest()));
    }

    /// Keeps manifests under digests that callers have checked, and points `tags` at the one called `tagged`, all
    /// at once. Durable on return.
    public void put(Map<Digest, Manifest> manifests, Digest tagged, Collection<Tag> tags) {
        catalog.change(transaction -> {
            Transaction.Repository repository = transaction.repository(name);
            manifests.forEach(repository.manifests()::put);
            tags.forEach(tag -> repository.tags().set(tag, tagged));
        });
    }

    /// Makes those of `digests` readable here that the store has as whole blobs, whoever sent them: for owners of
    /// the store, who may read all of it.
    ///
    /// @return the others, in the same order
    public Set<Digest> link(Collection<Digest> digests) {
        return catalog.write(transaction -> {
            Set<Digest> missing = new LinkedHashSet<>();
            for (Digest digest : digests) {
                if (transaction
                        .blobs()
                        .find(digest)
                        .filter(row -> !row.damaged())
                        .isPresent()) {
                    transaction.repository(name).links().add(digest);
                } else {
                    missing.add(digest);
                }
            }
            return missing;
        });
    }

    /// True when a manifest is here.
    public boolean hasManifests() {
        return !ask(repository -> repository.manifests().list(Optional.empty(), 1))
                .isEmpty();
    }

    /// All that the repository holds, of one state.
    public Contents contents() {
        return ask(Contents::of);
    }

    /// All manifests whose subject is `subject`, in the order of their digests.
    public List<Stored> referrers(Digest subject) {
        return ask(repository -> referrers(repository, subject));
    }

    /// [#referrers] within a transaction.
    public static List<Stored> referrers(Transaction.Repository repository, Digest subject) {
        return Pages.of(PAGE, (last, limit) -> repository.manifests().referrers(subject, last, limit), Stored::digest)
                .all();
    }

    /// A page of [#referrers].
    ///
    /// @param last where the page before ended, exclusive
    public List<Stored> referrers(Digest subject, Optional<Digest> last, int limit) {
        return ask(repository -> repository.manifests().referrers(subject, last, limit));
    }

    /// A page of the tags in ASCII order.
    ///
    /// @param last where the page before ended, exclusive; it need not exist
    public List<Tags.Entry> tags(Optional<Tag> last, int limit) {
        return ask(repository -> repository.tags().list(last, limit));
    }

    /// All tags, in ASCII order.
    public List<Tags.Entry> tags() {
        return ask(Repository::tags);
    }

    private static List<Tags.Entry> tags(Transaction.Repository repository) {
        return Pages.of(PAGE, repository.tags()::list, Tags.Entry::tag).all();
    }

    private <T> T ask(Function<Transaction.Repository, T> question) {
        return catalog.read(transaction -> question.apply(transaction.repository(name)));
    }

    /// All that a repository held at one moment.
    ///
    /// @param tags in ASCII order
    /// @param manifests by their digests, in the order of these
    public record Contents(List<Tags.Entry> tags, Map<Digest, Stored> manifests) {
        /// What a repository holds in this transaction.
        public static Contents of(Transaction.Repository repository) {
            Map<Digest, Stored> manifests = new LinkedHashMap<>();
            Pages.of(PAGE, repository.manifests()::list, Stored::digest)
                    .all()
                    .forEach(stored -> manifests.put(stored.digest(), stored));
            return new Contents(Repository.tags(repository), manifests);
        }

        /// The manifests that indexes here name.
        public Set<Digest> children() {
            Set<Digest> children = new HashSet<>();
            for (Stored stored : manifests.values()) {
                if (stored.mediaType().isIndex() && stored.parse() instanceof Manifest.Index index) {
                    index.manifests().stream().map(Descriptor::digest).forEach(children::add);
                }
            }
            return children;
        }
    }
}
