package dev.dray.store.check;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.collect.Orphans;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.ProcessLocks;
import dev.dray.store.pack.PackFiles;
import java.io.IOException;
import java.util.function.Consumer;

/// Compares what the catalog says with the bytes that are there, while others go on working. What
/// changes under its eyes is looked at again before it is told. Thread safe; a check works on the
/// caller's thread, which should be a platform thread.
public final class StoreCheck {
    private final Catalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final Consumer<Digest> verify;

    /// @param verify rebuilds a blob from its recipe and compares, with a [dev.dray.model.DrayException] of kind
    ///     CORRUPT when it disagrees
    public StoreCheck(Catalog catalog, FileOperations files, Layout layout, Consumer<Digest> verify) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.verify = verify;
    }

    /// Goes through the whole store.
    ///
    /// @throws IOException when a folder cannot be read; that a file cannot be is a finding
    public CheckReport run(CheckOptions options) throws IOException {
        Examination examination = new Examination(catalog, files, layout, options);
        checkDatabase(examination);
        PackFiles packFiles = new PackFiles(files, layout.packs(), catalog);
        PackCheck packCheck = new PackCheck(examination, packFiles);
        long packs = packCheck.run();
        long layers = new LayerCheck(examination, packFiles, packCheck).run();
        long blobs = new BlobCheck(examination, verify).run();
        long manifests = new ManifestCheck(examination).run();
        Orphans orphans = new Orphans(catalog, files, layout, new ProcessLocks(layout.processes()));
        new FileCheck(examination, orphans).run();
        return examination.report(blobs, manifests, layers, packs);
    }

    private static void checkDatabase(Examination examination) {
        Catalog catalog = examination.catalog;
        for (String damage :
                catalog.read(transaction -> transaction.inspection().damage())) {
            examination.found(Finding.Kind.DATABASE, "store.db", damage, false);
        }
        long links = catalog.read(transaction -> transaction.inspection().linksToNothing());
        if (links > 0) {
            if (examination.options.repair()) {
                catalog.change(transaction -> transaction.inspection().removeLinksToNothing());
            }
            examination.found(
                    Finding.Kind.LINK,
                    "store.db",
                    "%d links name blobs that are not there".formatted(links),
                    examination.options.repair());
        }
    }
}
