package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Catalog.Writing;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The one way of bytes into the store. The order is the promise: the file's bytes are forced, the file gets the
/// name that no other ever had, the directory is forced, and only then a row names it. A crash between any two of
/// these leaves a file without a row, which the next start removes; never a row without its bytes.
///
/// Small blobs go into the database with the row. Bytes that are there already are not written again.
public record Publishing(
        Catalog catalog, FileOperations files, Layout layout, LocalProcess process, InstantSource clock) {

    public <T> T publish(FinishedBlob blob, Writing<T> writing) throws IOException {
        Optional<RawBytes> small = blob.bytes().small();
        if (small.isPresent()) {
            return publishInline(blob, small.get(), writing);
        }
        Optional<T> known = publishKnown(blob, writing);
        return known.isPresent() ? known.get() : publishFile(blob, writing);
    }

    private <T> T publishInline(FinishedBlob blob, RawBytes bytes, Writing<T> writing) {
        Settled<T> settled =
                settle(blob, writing, Optional.empty(), rows -> rows.putInline(blob.digest(), bytes, clock.instant()));
        settled.obsolete().ifPresent(naming()::remove);
        return settled.result();
    }

    /// Publishes without the bytes when the store has them; empty when it has not.
    private <T> Optional<T> publishKnown(FinishedBlob blob, Writing<T> writing) {
        Digest digest = blob.digest();
        Seen seen = look(digest);
        if (seen.row().filter(this::isHealthy).isEmpty()) {
            return Optional.empty();
        }
        return catalog.write(transaction -> {
            Optional<BlobTable.Row> now = transaction.blobs().find(digest);
            if (now.isEmpty() || seen.health(now.get()) != Health.HEALTHY) {
                return Optional.empty();
            }
            touch(transaction, digest);
            return Optional.of(alongside(blob, writing, transaction));
        });
    }

    private <T> T publishFile(FinishedBlob blob, Writing<T> writing) throws IOException {
        Settled<T> settled = place(
                blob.digest(),
                blob.bytes(),
                name -> settle(
                        blob,
                        writing,
                        Optional.of(layout.blob(name)),
                        rows -> rows.putFile(blob.digest(), blob.size(), name, clock.instant())));
        settled.obsolete().ifPresent(naming()::remove);
        return settled.result();
    }

    /// Gives staged bytes the name of a blob's file, durably, and has `row` name it in the catalog. When that fails
    /// the file is gone again.
    ///
    /// @param row writes to the catalog; takes the name as rows have it
    public <T> T place(Digest digest, StagedBytes bytes, Function<String, T> row) throws IOException {
        String name = Layout.blobName(digest, process.nextSequence());
        Path file = layout.blob(name);
        return naming().commit(
                        List.of(file),
                        () -> {
                            bytes.moveTo(file);
                            files.folders().force(layout.folderOf(name));
                        },
                        () -> row.apply(name));
    }

    private FileCommit naming() {
        return new FileCommit(files, process);
    }

    /// What a transaction came to.
    ///
    /// @param obsolete a file that no row names once this is committed
    private record Settled<T>(T result, Optional<Path> obsolete) {}

    /// Keeps what is there when it is healthy, else `put`s the new bytes in its place. Where only the disk can tell
    /// whether it is, that is looked up between two transactions.
    ///
    /// @param file where the new bytes are, when they are a file
    private <T> Settled<T> settle(FinishedBlob blob, Writing<T> writing, Optional<Path> file, Consumer<BlobTable> put) {
        Seen seen = new Seen(Optional.empty(), false);
        while (true) {
            Seen known = seen;
            Optional<Settled<T>> settled =
                    catalog.write(transaction -> settle(transaction, blob, writing, file, put, known));
            if (settled.isPresent()) {
                return settled.get();
            }
            seen = look(blob.digest());
        }
    }

    /// @return empty, with nothing changed, when the blob has a file that was not looked at
    private <T> Optional<Settled<T>> settle(
            Transaction transaction,
            FinishedBlob blob,
            Writing<T> writing,
            Optional<Path> file,
            Consumer<BlobTable> put,
            Seen seen) {
        Optional<BlobTable.Row> before = transaction.blobs().find(blob.digest());
        Health health = before.map(seen::health).orElse(Health.DAMAGED);
        if (health == Health.UNKNOWN) {
            return Optional.empty();
        }
        boolean keep = health == Health.HEALTHY;
        if (keep) {
            touch(transaction, blob.digest());
        } else {
            put.accept(transaction.blobs());
        }
        return Optional.of(
                new Settled<>(alongside(blob, writing, transaction), keep ? file : before.flatMap(this::fileOf)));
    }

    private enum Health {
        HEALTHY,
        DAMAGED,
        UNKNOWN
    }

    /// What the disk said of a blob, outside of any transaction.
    ///
    /// @param row whose file was looked at
    /// @param whole whether that has its length
    private record Seen(Optional<BlobTable.Row> row, boolean whole) {
        Health health(BlobTable.Row now) {
            if (now.damaged()) {
                return Health.DAMAGED;
            }
            if (!(now.location() instanceof BlobLocation.File)) {
                return Health.HEALTHY;
            }
            if (row.filter(before -> before.location().equals(now.location())).isEmpty()) {
                return Health.UNKNOWN;
            }
            return whole ? Health.HEALTHY : Health.DAMAGED;
        }
    }

    private Seen look(Digest digest) {
        Optional<BlobTable.Row> row =
                catalog.read(transaction -> transaction.blobs().find(digest));
        return new Seen(row, row.filter(this::isWhole).isPresent());
    }

    private static <T> T alongside(FinishedBlob blob, Writing<T> writing, Transaction transaction) {
        T result = writing.write(transaction);
        blob.recordAlongside(transaction);
        return result;
    }

    private Optional<Path> fileOf(BlobTable.Row row) {
        return switch (row.location()) {
            case BlobLocation.Inline(), BlobLocation.Rebuilt() -> Optional.empty();
            case BlobLocation.File(String name) -> Optional.of(layout.blob(name));
        };
    }

    private void touch(Transaction transaction, Digest digest) {
        transaction.blobs().touch(List.of(digest), clock.instant());
    }

    /// What can be told without reading: nobody found it damaged, and the file has its length.
    public boolean isHealthy(BlobTable.Row row) {
        return !row.damaged() && isWhole(row);
    }

    private boolean isWhole(BlobTable.Row row) {
        return fileOf(row).map(file -> hasLength(file, row.size())).orElse(true);
    }

    private boolean hasLength(Path file, long size) {
        try {
            return files.length(file).orElse(-1) == size;
        } catch (IOException e) {
            return false;
        }
    }
}
