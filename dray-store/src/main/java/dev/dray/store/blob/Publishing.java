package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.BlobRows;
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
import java.util.function.BiFunction;
import java.util.function.Consumer;

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
        Settled<T> settled = catalog.write(transaction -> settle(
                transaction,
                blob,
                writing,
                Optional.empty(),
                rows -> rows.putInline(blob.digest(), bytes, clock.instant())));
        settled.obsolete().ifPresent(naming()::remove);
        return settled.result();
    }

    /// Publishes without the bytes when the store has them; empty when it has not.
    private <T> Optional<T> publishKnown(FinishedBlob blob, Writing<T> writing) {
        Digest digest = blob.digest();
        if (catalog.read(transaction -> transaction.blobs().find(digest))
                .filter(this::isHealthy)
                .isEmpty()) {
            return Optional.empty();
        }
        return catalog.write(transaction -> {
            if (transaction.blobs().find(digest).filter(this::isHealthy).isEmpty()) {
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
                (transaction, name) -> settle(
                        transaction,
                        blob,
                        writing,
                        Optional.of(layout.blob(name)),
                        rows -> rows.putFile(blob.digest(), blob.size(), name, clock.instant())));
        settled.obsolete().ifPresent(naming()::remove);
        return settled.result();
    }

    /// Gives staged bytes the name of a blob's file, durably, and has `row` name it in a transaction. When that
    /// fails the file is gone again.
    ///
    /// @param row takes the name as rows have it
    public <T> T place(Digest digest, StagedBytes bytes, BiFunction<Transaction, String, T> row) throws IOException {
        String name = Layout.blobName(digest, process.nextSequence());
        Path file = layout.blob(name);
        return naming().commit(
                        List.of(file),
                        () -> {
                            bytes.moveTo(file);
                            files.folders().force(layout.folderOf(name));
                        },
                        transaction -> row.apply(transaction, name));
    }

    private FileCommit naming() {
        return new FileCommit(catalog, files, process);
    }

    /// What a transaction came to.
    ///
    /// @param obsolete a file that no row names once this is committed
    private record Settled<T>(T result, Optional<Path> obsolete) {}

    /// Keeps what is there when it is healthy, else `put`s the new bytes in its place.
    ///
    /// @param file where the new bytes are, when they are a file
    private <T> Settled<T> settle(
            Transaction transaction,
            FinishedBlob blob,
            Writing<T> writing,
            Optional<Path> file,
            Consumer<BlobRows> put) {
        Optional<BlobRow> before = transaction.blobs().find(blob.digest());
        boolean keep = before.filter(this::isHealthy).isPresent();
        if (keep) {
            touch(transaction, blob.digest());
        } else {
            put.accept(transaction.blobs());
        }
        return new Settled<>(alongside(blob, writing, transaction), keep ? file : before.flatMap(this::fileOf));
    }

    private static <T> T alongside(FinishedBlob blob, Writing<T> writing, Transaction transaction) {
        T result = writing.write(transaction);
        blob.recordAlongside(transaction);
        return result;
    }

    private Optional<Path> fileOf(BlobRow row) {
        return switch (row.location()) {
            case BlobLocation.Inline(), BlobLocation.Rebuilt() -> Optional.empty();
            case BlobLocation.File(String name) -> Optional.of(layout.blob(name));
        };
    }

    private void touch(Transaction transaction, Digest digest) {
        transaction.blobs().touch(List.of(digest), clock.instant());
    }

    /// What can be told without reading: nobody found it damaged, and the file has its length.
    public boolean isHealthy(BlobRow row) {
        return !row.damaged()
                && fileOf(row).map(file -> hasLength(file, row.size())).orElse(true);
    }

    private boolean hasLength(Path file, long size) {
        try {
            return files.length(file).orElse(-1) == size;
        } catch (IOException e) {
            return false;
        }
    }
}
