package dev.dray.store;

import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Database;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.check.StoreCheck;
import dev.dray.store.collect.Collector;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.FileOperations.OutOfSpaceException;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.ProcessLocks;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.layer.Layers;
import dev.dray.store.process.Lease;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.rebuild.RebuildPool;
import dev.dray.store.upload.Uploads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where images live: a folder with a catalog and the bytes of blobs.
///
/// Several processes may have the same store open, and a process may open it more than once. Thread safe. The
/// caller closes; closing waits for what is being written.
public final class Store implements AutoCloseable {
    private static final int PAGE = 500;

    private final Path folder;
    private final Layout layout;
    private final FileOperations files;
    private final StoreKind kind;
    private final Database.Opener databases;
    private final Database catalog;
    private final LocalProcess process;
    private final Layers layers;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Collector collector;
    private final StoreCheck check;
    private final Reserve reserve;

    Store(Layout layout, StoreKind kind, Database catalog, StoreOptions options, Reserve reserve) {
        this.folder = layout.folder();
        this.layout = layout;
        this.files = options.files();
        this.kind = kind;
        this.reserve = reserve;
        this.databases = options.databases();
        this.catalog = catalog;
        this.process = new LocalProcess(catalog, new ProcessLocks(layout.processes()));
        this.layers = new Layers(catalog, options.files(), layout, process, options.clock());
        this.blobs = new Blobs(catalog, options.files(), layout, process, options.clock(), layers.rebuilds());
        this.uploads = new Uploads(catalog, options.files(), layout, process, options.clock());
        this.check = new StoreCheck(catalog, options.files(), layout, layers::verify);
        this.collector = new Collector(catalog, options.files(), layout, process, options.clock());
    }

    /// Opens the store in `folder`, or makes one where the folder is absent or empty.
    ///
    /// @throws DrayException of kind CONFLICT when it is a store of another kind, or the folder holds something
    ///     else; UNSUPPORTED when it was written by a newer Dray or lies on a network file system; UNAVAILABLE when
    ///     it cannot be read or written
    public static Store open(Path folder, StoreKind kind) {
        return open(folder, kind, StoreOptions.standard());
    }

    /// [#open] with a way to the disk, a clock or a database of the caller's own.
    public static Store open(Path folder, StoreKind kind, StoreOptions options) {
        try {
            return new StoreOpener(folder, options).open(kind);
        } catch (IOException e) {
            throw StoreFailure.of("cannot open the store in \"" + folder + "\"", e);
        }
    }

    /// Opens a store that is there already, of whatever kind.
    ///
    /// @throws DrayException as [#open] does; of kind NOT_FOUND when `folder` holds no store
    public static Store openExisting(Path folder) {
        return openExisting(folder, StoreOptions.standard());
    }

    /// [#openExisting] with a way to the disk, a clock or a database of the caller's own.
    public static Store openExisting(Path folder, StoreOptions options) {
        try {
            return new StoreOpener(folder, options).openExisting();
        } catch (IOException e) {
            throw StoreFailure.of("cannot open the store in \"" + folder + "\"", e);
        }
    }

    public Path folder() {
        return folder;
    }

    public StoreKind kind() {
        return kind;
    }

    public Catalog catalog() {
        return catalog;
    }

    public Blobs blobs() {
        return blobs;
    }

    /// What is in one repository; it need not exist.
    public Repository repository(RepositoryName name) {
        return new Repository(catalog, blobs, name);
    }

    /// All repositories, in the ASCII order of their names.
    public List<Repository> repositories() {
        return Pages.of(catalog, PAGE, Transaction::repositories, Function.<RepositoryName>identity()).all().stream()
                .map(this::repository)
                .toList();
    }

    /// Names of repositories in ASCII order.
    ///
    /// @param last where the page before ended, exclusive
    /// @param limit length of the page
    public List<RepositoryName> repositories(Optional<RepositoryName> last, int limit) {
        return catalog.read(transaction -> transaction.repositories(last, limit));
    }

    /// What is kept of layers beside or in place of their blobs.
    public Layers layers() {
        return layers;
    }

    public Uploads uploads() {
        return uploads;
    }

    /// Frees what nobody needs any more.
    public Collector collector() {
        return collector;
    }

    /// Compares what the catalog says with the bytes that are there.
    public StoreCheck check() {
        return check;
    }

    /// Copies the store into `folder`, which is absent or empty and opens as a store afterwards. Others may go on
    /// working; nothing is collected meanwhile.
    ///
    /// @throws DrayException of kind CONFLICT when `folder` is not empty, UNAVAILABLE while the store is
    ///     collected, OUT_OF_SPACE
    public BackupReport backup(Path folder) {
        try {
            return collector
                    .holdOff(() -> new Backup(catalog, databases, files, layout, folder, blobs).run())
                    .orElseThrow(() -> new DrayException(
                                    DrayException.Kind.UNAVAILABLE, "the store is being collected or copied")
                            .advising("try again when that is done"));
        } catch (IOException e) {
            throw StoreFailure.of("cannot copy the store to \"" + folder + "\"", e);
        }
    }

    /// Takes a lease that covers nothing yet.
    public Lease lease() {
        return Lease.take(catalog, process);
    }

    /// True while `process` lives, and with it its leases.
    public boolean isAlive(ProcessId process) {
        return this.process.isAlive(process);
    }

    /// Something that frees space, but has to write first.
    @FunctionalInterface
    public interface Freeing<T> {
        T run() throws IOException;
    }

    /// Does what frees space, on a full disk too: the reserve is given up for it then.
    public <T> T freeing(Freeing<T> work) throws IOException {
        try {
            return work.run();
        } catch (OutOfSpaceException e) {
            if (!reserve.release()) {
                throw e;
            }
        } catch (DrayException e) {
            if (e.kind() != DrayException.Kind.OUT_OF_SPACE || !reserve.release()) {
                throw e;
            }
        }
        return work.run();
    }

    /// [Catalog#change] with something that frees space, on a full disk too.
    public void changeToFree(Consumer<Transaction> change) {
        try {
            boolean _ = freeing(() -> {
                catalog.change(change);
                return true;
            });
        } catch (IOException e) {
            throw StoreFailure.of("cannot give up the reserve of the store", e);
        }
    }

    /// Whether the disk is so full that only what frees space should be done.
    public boolean isShort() {
        return reserve.isShort();
    }

    /// @throws DrayException of kind OUT_OF_SPACE when it is
    public void requireRoom() {
        if (isShort()) {
            throw new DrayException(
                            DrayException.Kind.OUT_OF_SPACE,
                            "no space left on the disk of the store, \"" + folder + "\"")
                    .advising("delete images, or make room on the disk");
        }
    }

    LocalProcess process() {
        return process;
    }

    @Override
    public void close() {
        try (process;
                catalog;
                RebuildPool _ = layers.rebuilds()) {
            collector.close();
            uploads.close();
            process.leave();
        } finally {
            reserve.take();
        }
    }
}
