package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.registry.access.Caller;
import dev.dray.store.Repository;
import dev.dray.store.Store;
import dev.dray.store.catalog.Manifests.Stored;
import dev.dray.store.catalog.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists tags, repositories and referrers page by page. Thread safe.
public final class RegistryLists {
    /// Longest page, whatever length a client requests (CVE-2023-2253).
    public static final int LONGEST_PAGE = 10_000;

    private static final int REFERRERS = 500;
    private static final int SCAN = 1000;

    private final Store store;
    private final Rights rights;

    RegistryLists(Store store, Rights rights) {
        this.store = store;
        this.rights = rights;
    }

    /// One page of a list.
    ///
    /// @param more true when the list continues after this page
    public record Page<T>(List<T> items, boolean more) {
        public Page {
            items = List.copyOf(items);
        }

        /// A page of at most `length` of the items; the query fetched one item more, to tell whether the list
        /// continues.
        static <T> Page<T> cut(List<T> items, int length) {
            return new Page<>(items.subList(0, Math.min(length, items.size())), items.size() > length);
        }
    }

    /// Tags in ASCII order.
    ///
    /// @param last the end of the previous page, exclusive
    /// @param length the page length requested, capped at [#LONGEST_PAGE]
    /// @throws RegistryException of kind NOT_FOUND when there is no such repository, or the caller may not pull
    public Page<Tag> tags(Caller caller, RepositoryName name, Optional<Tag> last, int length) {
        int limit = Math.min(length, LONGEST_PAGE);
        List<Tags.Entry> entries = rights.visible(
                        caller,
                        name,
                        Purpose.READ,
                        Optional.of(store.repository(name)).filter(Repository::exists),
                        () -> RegistryException.noRepository(name))
                .tags(last, limit + 1);
        return Page.cut(entries.stream().map(Tags.Entry::tag).toList(), limit);
    }

    /// Repositories that the caller may pull from, in ASCII order.
    ///
    /// @param last the end of the previous page, exclusive
    /// @param length the page length requested, capped at [#LONGEST_PAGE]
    public Page<RepositoryName> repositories(Caller caller, Optional<RepositoryName> last, int length) {
        int limit = Math.min(length, LONGEST_PAGE);
        List<RepositoryName> readable = new ArrayList<>();
        Optional<RepositoryName> from = last;
        List<RepositoryName> scanned;
        do {
            scanned = store.repositories(from, SCAN);
            scanned.stream().filter(name -> rights.mayPull(caller, name)).forEach(readable::add);
            from = scanned.isEmpty() ? from : Optional.of(scanned.getLast());
        } while (scanned.size() == SCAN && readable.size() <= limit);
        return Page.cut(readable, limit);
    }

    /// Manifests whose subject is `subject`, in the order of their digests. Empty when the repository is absent or
    /// the caller may not pull: this list never fails with NOT_FOUND.
    public Page<Stored> referrers(Caller caller, RepositoryName name, Digest subject, Optional<Digest> last) {
        List<Stored> there = store.repository(name).referrers(subject, last, REFERRERS + 1);
        return Page.cut(rights.maySee(caller, name, Purpose.READ) ? there : List.of(), REFERRERS);
    }
}
