package dev.dray.store;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Database;
import dev.dray.store.collect.Orphans;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.NetworkFileSystems;
import dev.dray.store.filesystem.ProcessLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/// Opens stores, and makes them. What a crash leaves of the making is made whole by the next try.
final class StoreOpener {
    private static final String KIND = "kind";

    /// Two stores of this JVM are not made at the same moment: making touches `store.db` as a file, and that must
    /// not happen while SQLite has it open here.
    private static final Object MAKING = new Object();

    private final Layout layout;
    private final StoreOptions options;
    private final FileOperations files;

    StoreOpener(Path folder, StoreOptions options) {
        this.layout = new Layout(folder.toAbsolutePath().normalize());
        this.options = options;
        this.files = options.files();
    }

    Store open(StoreKind kind) throws IOException {
        requireLocal();
        synchronized (MAKING) {
            OptionalLong length = files.length(layout.database());
            if (length.isEmpty()) {
                requireEmpty();
                layout.create(files.folders());
                files.open(layout.database()).close();
                files.folders().force(layout.folder());
            }
            Store store = open(Map.of(KIND, kind.label()));
            if (store.kind() != kind) {
                store.close();
                throw new DrayException(
                                Kind.CONFLICT,
                                "the store in \"%s\" is of kind %s, not %s"
                                        .formatted(layout.folder(), store.kind().label(), kind.label()))
                        .advising("choose another folder for the " + kind.label());
            }
            return store;
        }
    }

    Store openExisting() throws IOException {
        requireLocal();
        if (files.length(layout.database()).orElse(0) == 0) {
            throw new DrayException(Kind.NOT_FOUND, "there is no store in \"" + layout.folder() + "\"");
        }
        return open(Map.of());
    }

    /// @param settings what a new catalog begins with; none when there must be one already
    private Store open(Map<String, String> settings) throws IOException {
        Reserve reserve = new Reserve(files, layout);
        reserve.releaseIfNeeded();
        Database catalog = options.databases().open(layout.database(), settings, options.clock());
        try {
            StoreKind kind = catalog.read(transaction -> transaction.settings().find(KIND))
                    .flatMap(StoreKind::parse)
                    .orElseThrow(() -> new DrayException(
                            Kind.CORRUPT, "the store in \"" + layout.folder() + "\" does not say of what kind it is"));
            new Orphans(catalog, files, layout, new ProcessLocks(layout.processes())).sweepDead();
            Store store = new Store(layout, kind, catalog, options, reserve);
            reserve.take();
            return store;
        } catch (IOException | RuntimeException | Error e) {
            catalog.close();
            reserve.take();
            throw e;
        }
    }

    private void requireLocal() throws IOException {
        Path existing = layout.folder();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        String type = files.folders().fileSystemType(existing);
        if (NetworkFileSystems.contains(type)) {
            throw new DrayException(
                            Kind.UNSUPPORTED,
                            "\"%s\" is on a network file system (%s), where the locks of a store do not hold"
                                    .formatted(layout.folder(), type))
                    .advising("choose a folder on a local disk");
        }
    }

    private void requireEmpty() throws IOException {
        if (!Files.exists(layout.folder())) {
            return;
        }
        for (Path entry : files.folders().list(layout.folder())) {
            if (!Layout.isOurs(entry)) {
                throw new DrayException(
                                Kind.CONFLICT,
                                "\"%s\" is not a store, and it is not empty: it has \"%s\""
                                        .formatted(layout.folder(), Layout.name(entry)))
                        .advising("choose an empty folder for the store");
            }
        }
    }
}
