package dev.dray.store.check;

import dev.dray.model.Digest;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.check.Finding.Sufferer;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// One check: what it goes by, and what it has found so far. Not thread safe.
final class Examination {
    /// Rows that one transaction reads.
    static final int PAGE = 500;

    private static final int MOST_SUFFERERS = 100;

    final Catalog catalog;
    final FileOperations files;
    final Layout layout;
    final CheckOptions options;
    private final List<Finding> findings = new ArrayList<>();
    private long bytes;

    Examination(Catalog catalog, FileOperations files, Layout layout, CheckOptions options) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.options = options;
    }

    /// A list of the catalog, a good piece of it at a time.
    <T, K> Pages<T, K> pages(Pages.Query<T, K> query, Function<T, K> key) {
        return Pages.of(catalog, PAGE, query, key);
    }

    void read(long more) {
        bytes += more;
    }

    CheckReport report(long blobs, long manifests, long layers, long packs) {
        return new CheckReport(blobs, manifests, layers, packs, bytes, findings);
    }

    void found(Finding finding) {
        findings.add(finding);
    }

    /// Notes what nobody suffers from.
    void found(Finding.Kind kind, String subject, String what, boolean repaired) {
        findings.add(new Finding(kind, subject, what, repaired, List.of()));
    }

    /// Notes what the images suffer from that need one of these blobs.
    void found(Finding.Kind kind, String subject, String what, Collection<Digest> blobs) {
        Set<Sufferer> images = new LinkedHashSet<>();
        for (Digest blob : blobs) {
            images.addAll(catalog.read(transaction -> transaction.inspection().users(blob, MOST_SUFFERERS)).stream()
                    .map(user -> new Sufferer(user.repository(), user.manifest()))
                    .toList());
        }
        findings.add(new Finding(kind, subject, what, false, List.copyOf(images)));
    }

    /// The blobs without a file, which are rebuilt from a layer.
    List<Digest> madeFrom(long layer) {
        return catalog.read(transaction -> transaction.recipes().of(layer).stream()
                .map(RecipeTable.Row::digest)
                .filter(digest -> transaction
                        .blobs()
                        .find(digest)
                        .filter(row -> row.location() instanceof BlobLocation.Rebuilt)
                        .isPresent())
                .toList());
    }

    void markDamaged(Collection<Digest> blobs) {
        catalog.change(transaction -> blobs.forEach(transaction.blobs()::markDamaged));
    }
}
