package dev.dray.engine;

import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.Manifest;
import dev.dray.store.catalog.Manifests;
import dev.dray.store.catalog.Tags;
import dev.dray.store.catalog.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// All that a repository holds, read page by page: of use as long as the transaction.
record RepositoryContents(Transaction.Repository repository) {
    private static final int PAGE = 200;

    List<Tags.Entry> tags() {
        return all(repository.tags()::list, Tags.Entry::tag);
    }

    Map<Digest, Manifests.Stored> manifests() {
        Map<Digest, Manifests.Stored> manifests = new LinkedHashMap<>();
        all(repository.manifests()::list, Manifests.Stored::digest)
                .forEach(stored -> manifests.put(stored.digest(), stored));
        return manifests;
    }

    /// The manifests that refer to `subject`.
    List<Manifests.Stored> referrers(Digest subject) {
        return all((after, limit) -> repository.manifests().referrers(subject, after, limit), Manifests.Stored::digest);
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

    /// Everything of a list that comes in pages.
    ///
    /// @param list gives the page behind a key, of a length
    static <T, K> List<T> all(BiFunction<Optional<K>, Integer, List<T>> list, Function<T, K> key) {
        List<T> all = new ArrayList<>();
        List<T> page = list.apply(Optional.empty(), PAGE);
        all.addAll(page);
        while (page.size() == PAGE) {
            page = list.apply(Optional.of(key.apply(page.getLast())), PAGE);
            all.addAll(page);
        }
        return all;
    }
}
