package dev.dray.registry;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ReferrerSource;
import dev.dray.registry.access.Caller;
import dev.dray.store.Repository;
import dev.dray.store.Store;
import dev.dray.store.catalog.Manifests.Stored;
import dev.dray.store.catalog.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists tags, repositories and referrers page by page. Thread safe.
public final class RegistryLists {
    /// Longest page, whatever length a client requests (CVE-2023-2253).
    public static final int LONGEST_PAGE = 10_000;

    private static final int REFERRERS = 500;
    private static final int FEW = 2;
    /// A descriptor's other members, and the quotes and marks around a text.
    private static final int WITHOUT_TEXTS = 512;

    private static final int QUOTES = 4;
    private static final int MOST_LOOKED_AT = 4_000;
    /// The index around the descriptors takes a little too.
    private static final long MOST_BYTES = Manifest.LARGEST - 1024;
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

    /// Some of the manifests that are about another one.
    ///
    /// @param next behind which the list goes on; absent at its end
    public record Referrers(List<Descriptor> items, Optional<Digest> next) {
        public Referrers {
            items = List.copyOf(items);
        }
    }

    /// Manifests whose subject is `subject`, in the order of their digests, as many as an index may hold; none where
    /// the repository is absent or the caller may not pull, for this list is never not found.
    ///
    /// A few are read at a time, because each may be as large as a manifest can be.
    ///
    /// @param type only those with this artifact type
    public Referrers referrers(
            Caller caller, RepositoryName name, Digest subject, Optional<String> type, Optional<Digest> last) {
        List<Descriptor> page = new ArrayList<>();
        Optional<Digest> from = last;
        long bytes = 0;
        int looked = 0;
        while (looked < MOST_LOOKED_AT) {
            List<Stored> there = store.repository(name).referrers(subject, from, FEW);
            List<Stored> some = rights.maySee(caller, name, Purpose.READ) ? there : List.of();
            for (Stored stored : some) {
                Descriptor descriptor = describe(stored);
                if (type.isEmpty() || descriptor.artifactType().equals(type)) {
                    bytes += size(descriptor);
                    if (!page.isEmpty() && (bytes > MOST_BYTES || page.size() == REFERRERS)) {
                        return new Referrers(page, from);
                    }
                    page.add(descriptor);
                }
                from = Optional.of(stored.digest());
            }
            if (some.size() < FEW) {
                return new Referrers(page, Optional.empty());
            }
            looked += some.size();
        }
        return new Referrers(page, from);
    }

    /// One whose annotations would fill a page is listed without them.
    private static Descriptor describe(Stored stored) {
        Descriptor descriptor = ReferrerSource.describe(stored.parse(), stored.digest());
        return size(descriptor) <= MOST_BYTES ? descriptor : descriptor.withoutAnnotations();
    }

    private static long size(Descriptor descriptor) {
        long texts = length(descriptor.artifactType().orElse(""));
        for (Map.Entry<String, String> annotation : descriptor.annotations().entrySet()) {
            texts += length(annotation.getKey()) + length(annotation.getValue());
        }
        return texts + WITHOUT_TEXTS;
    }

    /// How many bytes a text takes at most where it is quoted.
    private static long length(String text) {
        long bytes = QUOTES;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3;
        }
        return bytes;
    }
}
