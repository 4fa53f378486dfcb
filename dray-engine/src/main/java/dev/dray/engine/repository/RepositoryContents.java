package dev.dray.engine.repository;

import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.Tags;
import dev.dray.store.catalog.Transaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that a repository holds, read page by page: of use as long as the transaction.
record RepositoryContents(Transaction.Repository repository) {
    /// What is read at once.
    static final int PAGE = 200;

    List<Tags.Entry> tags() {
        return Pages.of(PAGE, repository.tags()::list, Tags.Entry::tag).all();
    }

    Map<Digest, Manifests.Stored> manifests() {
        Map<Digest, Manifests.Stored> manifests = new LinkedHashMap<>();
        Pages.of(PAGE, repository.manifests()::list, Manifests.Stored::digest)
                .all()
                .forEach(stored -> manifests.put(stored.digest(), stored));
        return manifests;
    }

    /// The manifests that refer to `subject`.
    List<Manifests.Stored> referrers(Digest subject) {
        return Pages.of(
                        PAGE,
                        (last, limit) -> repository.manifests().referrers(subject, last, limit),
                        Manifests.Stored::digest)
                .all();
    }

    /// The manifests that indexes among `manifests` name.
    static Set<Digest> children(Collection<Manifests.Stored> manifests) {
        Set<Digest> children = new HashSet<>();
        for (Manifests.Stored stored : manifests) {
            if (stored.mediaType().isIndex() && stored.parse() instanceof Manifest.Index index) {
                index.manifests().stream().map(Descriptor::digest).forEach(children::add);
            }
        }
        return children;
    }
}
