package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.BlobTable.BlobUse;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Database;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.Pages;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.FileOperations.WritableFile;
import dev.dray.store.filesystem.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Copies a store that others work on into an empty folder, which opens as a store afterwards.
///
/// The catalog is copied first, as one consistent state: every file that it names was durable before it did. Files
/// never change, and while collecting is held off none goes, but for a blob that is healed or changes its form; its
/// bytes are then taken from where they are by now, and get the name that the copy has for them. What was under way,
/// uploads and leases, is no part of the copy. Until it is whole, the folder holds a file that keeps it from being
/// opened.
final class Backup {
    private static final int PAGE = 500;
    private static final int SLAB = 1 << 20;
    private static final String UNFINISHED = "unfinished-backup";

    private final Database catalog;
    private final Database.Opener databases;
    private final FileOperations files;
    private final Layout from;
    private final Layout to;
    private final Blobs blobs;
    private final List<Digest> damaged = new ArrayList<>();
    private long copied;
    private long bytes;

    /// @param databases opens the copy of the catalog
    Backup(Database catalog, Database.Opener databases, FileOperations files, Layout from, Path target, Blobs blobs) {
        this.catalog = catalog;
        this.databases = databases;
        this.files = files;
        this.from = from;
        this.to = new Layout(target.toAbsolutePath().normalize());
        this.blobs = blobs;
    }

    BackupReport run() throws IOException {
        requireEmpty();
        to.create(files.folders());
        Path unfinished = to.folder().resolve(UNFINISHED);
        files.open(unfinished).close();
        files.folders().force(to.folder());
        Path database = to.staging().resolve("store.db");
        catalog.copyTo(database);
        try (Database copy = databases.open(database, Map.of(), InstantSource.system())) {
            copyPacks(copy);
            copyBlobs(copy);
            copy.change(transaction -> damaged.forEach(transaction.blobs()::markDamaged));
        }
        for (Path folder : to.blobFolders()) {
            files.folders().force(folder);
        }
        files.folders().force(to.packs());
        files.rename(database, to.database());
        files.delete(unfinished);
        files.folders().force(to.folder());
        return new BackupReport(copied, bytes, damaged);
    }

    private void requireEmpty() throws IOException {
        if (to.folder().startsWith(from.folder())) {
            throw new DrayException(
                    Kind.INVALID, "a backup cannot lie within its store: \"%s\"".formatted(to.folder()));
        }
        if (Files.exists(to.folder()) && !files.folders().list(to.folder()).isEmpty()) {
            throw new DrayException(Kind.CONFLICT, "\"%s\" is not empty".formatted(to.folder()))
                    .advising("choose an empty folder for the backup");
        }
    }

    private void copyPacks(Catalog copy) throws IOException {
        for (List<PackTable.Row> page : Pages.of(
                copy,
                PAGE,
                (transaction, last, limit) -> transaction.packs().list(last.orElse(0L), limit),
                PackTable.Row::id)) {
            for (PackTable.Row pack : page) {
                copyPack(copy, pack);
            }
        }
    }

    private void copyPack(Catalog copy, PackTable.Row pack) throws IOException {
        try (InputStream in = files.read(from.packs().resolve(pack.file()), 0)) {
            write(in, to.packs().resolve(pack.file()));
        } catch (NoSuchFileException e) {
            copy.change(transaction -> transaction.packs().markDamaged(pack.id()));
        }
    }

    private void copyBlobs(Catalog copy) throws IOException {
        for (List<BlobUse> page : Pages.of(
                copy, PAGE, (transaction, last, limit) -> transaction.blobs().list(last, limit), BlobUse::digest)) {
            for (BlobUse use : page) {
                if (use.row().location() instanceof BlobLocation.File(String name)) {
                    copyBlob(use.row(), name);
                }
            }
        }
    }

    private void copyBlob(BlobTable.Row row, String name) throws IOException {
        Path target = to.blob(name);
        try (InputStream in = files.read(from.blob(name), 0)) {
            if (write(in, target) == row.size()) {
                return;
            }
        } catch (NoSuchFileException e) {
            if (copyFromElsewhere(row, target)) {
                return;
            }
        }
        damaged.add(row.digest());
    }

    /// The blob was healed, or is made from a recipe now.
    private boolean copyFromElsewhere(BlobTable.Row row, Path target) throws IOException {
        Optional<Blob> now = catalog.read(transaction -> transaction.blobs().find(row.digest()))
                .filter(current -> !current.location().equals(row.location()))
                .flatMap(blobs::open);
        if (now.isEmpty()) {
            return false;
        }
        try (InputStream in = now.get().open(0)) {
            return write(in, target) == row.size();
        }
    }

    private long write(InputStream in, Path target) throws IOException {
        byte[] slab = new byte[SLAB];
        long length = 0;
        try (WritableFile file = files.open(target)) {
            for (int read = in.readNBytes(slab, 0, SLAB); read > 0; read = in.readNBytes(slab, 0, SLAB)) {
                file.write(ByteBuffer.wrap(slab, 0, read));
                length += read;
            }
            file.force();
        }
        copied++;
        bytes += length;
        return length;
    }
}
