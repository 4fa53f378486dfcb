package dev.dray.engine.usage;

import dev.dray.engine.policy.PackSizes;
import dev.dray.engine.repository.ImageLayerList;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.usage.StoreUse.ImageUse;
import dev.dray.engine.usage.StoreUse.RepositoryUse;
import dev.dray.engine.usage.StoreUse.Sort;
import dev.dray.engine.usage.StoreUse.Totals;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageGraph;
import dev.dray.store.Store;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable.BlobUse;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Counts what a store takes of the disk. Reads the tar recipes of all layers. One count, one use.
public final class StoreUseCount {
    private static final int PAGE = 500;

    private final Store store;

    public StoreUseCount(Store store) {
        this.store = store;
    }

    /// An image with all of its names.
    private record Named(List<Reference> names, Collection<Descriptor> blobs) {
        List<Digest> digests() {
            return blobs.stream().map(Descriptor::digest).toList();
        }

        long size() {
            return blobs.stream().mapToLong(Descriptor::size).sum();
        }
    }

    public StoreUse count(List<StoredImage> images) throws IOException {
        Map<Digest, Named> distinct = new LinkedHashMap<>();
        Map<String, Set<Digest>> repositories = new LinkedHashMap<>();
        Map<String, Set<Digest>> counted = new LinkedHashMap<>();
        for (StoredImage image : images) {
            ImageGraph graph = ImageLayerList.graph(store, image);
            Named named = distinct.computeIfAbsent(image.digest(), _ -> new Named(new ArrayList<>(), graph.blobs()));
            named.names().add(image.reference());
            String repository = image.repository().value();
            repositories.computeIfAbsent(repository, _ -> new LinkedHashSet<>()).addAll(named.digests());
            counted.computeIfAbsent(repository, _ -> new LinkedHashSet<>()).add(image.digest());
        }
        List<BlobUse> blobs = blobs();
        DiskCount byImage = new DiskCount(store);
        Set<Digest> nameless = referenced(blobs);
        for (Named image : distinct.values()) {
            byImage.add(image.digests());
            image.digests().forEach(nameless::remove);
        }
        byImage.add(nameless);
        return new StoreUse(
                images(distinct.values(), byImage),
                repositories(repositories, counted),
                totals(byImage, blobs),
                reclaimable());
    }

    /// A dry run is in nobody's way, so it always ends.
    private CollectReport reclaimable() throws IOException {
        CollectOptions options = CollectOptions.after(store.kind().grace()).withDryRun(true);
        return store.collector().collect(options, (_, _, _) -> {}).orElseThrow();
    }

    private static Set<Digest> referenced(List<BlobUse> blobs) {
        Set<Digest> referenced = new LinkedHashSet<>();
        blobs.stream()
                .filter(BlobUse::referenced)
                .forEach(use -> referenced.add(use.row().digest()));
        return referenced;
    }

    private static List<ImageUse> images(Collection<Named> images, DiskCount count) {
        List<ImageUse> uses = new ArrayList<>();
        long[] own = count.own();
        for (Named image : images) {
            int group = uses.size();
            uses.add(new ImageUse(image.names(), image.size(), own[group], count.all(group) - own[group]));
        }
        return uses;
    }

    private List<RepositoryUse> repositories(Map<String, Set<Digest>> blobs, Map<String, Set<Digest>> images)
            throws IOException {
        DiskCount count = new DiskCount(store);
        for (Set<Digest> group : blobs.values()) {
            count.add(group);
        }
        List<RepositoryUse> uses = new ArrayList<>();
        long[] own = count.own();
        images.forEach((name, digests) -> {
            int group = uses.size();
            uses.add(new RepositoryUse(name, digests.size(), own[group], count.all(group) - own[group]));
        });
        return uses;
    }

    private Totals totals(DiskCount needed, List<BlobUse> blobs) throws IOException {
        PackSizes packs = PackSizes.of(store);
        long contents =
                store.catalog().read(transaction -> transaction.contents().count());
        return new Totals(
                sort(blobs, BlobLocation.File.class::isInstance),
                sort(blobs, BlobLocation.Inline.class::isInstance),
                sort(blobs, BlobLocation.Rebuilt.class::isInstance),
                new Sort(contents, packs.bytes(), Math.max(0, packs.bytes() - needed.packed())),
                recipes(needed),
                packs.count(),
                database());
    }

    /// All of them, whether or not a repository links them.
    private List<BlobUse> blobs() {
        return Pages.of(
                        store.catalog(),
                        PAGE,
                        (transaction, last, limit) -> transaction.blobs().list(last, limit),
                        BlobUse::digest)
                .all();
    }

    private static Sort sort(Collection<BlobUse> blobs, Predicate<BlobLocation> where) {
        List<BlobUse> such =
                blobs.stream().filter(use -> where.test(use.row().location())).toList();
        return new Sort(such.size(), bytes(such, _ -> true), bytes(such, use -> !use.referenced()));
    }

    private static long bytes(Collection<BlobUse> blobs, Predicate<BlobUse> which) {
        return blobs.stream().filter(which).mapToLong(use -> use.row().size()).sum();
    }

    private Sort recipes(DiskCount needed) {
        long count = 0;
        long bytes = 0;
        for (List<RecipeTable.Row> page : Pages.of(
                store.catalog(),
                PAGE,
                (transaction, last, limit) -> transaction.recipes().list(last, limit),
                RecipeTable.Row::digest)) {
            count += page.size();
            bytes += page.stream().mapToLong(recipe -> recipe.bytes().size()).sum();
        }
        return new Sort(count, bytes, Math.max(0, bytes - needed.recipes()));
    }

    /// Looks at the lengths only: nobody may open these files beside SQLite.
    private long database() throws IOException {
        long bytes = 0;
        for (String name : List.of("store.db", "store.db-wal", "store.db-shm")) {
            Path file = store.folder().resolve(name);
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return bytes;
    }
}
