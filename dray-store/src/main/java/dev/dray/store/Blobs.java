package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.FileBlob;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.InlineBlob;
import dev.dray.store.blob.Publishing;
import dev.dray.store.blob.RebuiltBlob;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.blob.StagedBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.Catalog.Writing;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.rebuild.RebuildPool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The bytes of a store. Thread safe.
public final class Blobs {
    private final Catalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Publishing publishing;
    private final RebuildPool rebuilds;

    Blobs(
            Catalog catalog,
            FileOperations files,
            Layout layout,
            LocalProcess process,
            InstantSource clock,
            RebuildPool rebuilds) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
        this.rebuilds = rebuilds;
        this.publishing = new Publishing(catalog, files, layout, process, clock);
    }

    /// The blob of a row that was read from the catalog, in whatever repository the caller was allowed to find it.
    /// Empty when it was collected since.
    public Optional<Blob> open(BlobTable.Row row) {
        return switch (row.location()) {
            case BlobLocation.Inline() ->
                catalog.read(transaction -> transaction.blobs().bytes(row.digest()))
                        .map(bytes -> new InlineBlob(row.digest(), bytes));
            case BlobLocation.File(String name) -> {
                Path path = layout.blob(name);
                yield Optional.of(new FileBlob(row.digest(), row.size(), path, files, () -> moved(row)));
            }
            case BlobLocation.Rebuilt() -> Optional.of(new RebuiltBlob(row.digest(), row.size(), rebuilds));
        };
    }

    /// The blob where it is by now, when that is not where `before` says.
    private Optional<Blob> moved(BlobTable.Row before) {
        return row(before.digest())
                .filter(row -> !row.location().equals(before.location()))
                .flatMap(this::open);
    }

    /// What the catalog knows of a blob, whoever may read it: for the store itself and its owner.
    public Optional<BlobTable.Row> row(Digest digest) {
        return catalog.read(transaction -> transaction.blobs().find(digest));
    }

    /// [#row] of a blob that nobody found damaged.
    public Optional<BlobTable.Row> healthy(Digest digest) {
        return row(digest).filter(row -> !row.damaged());
    }

    /// The blob, when it may be read in `repository`.
    public Optional<Blob> find(RepositoryName repository, Digest digest) {
        return catalog.read(transaction ->
                        transaction.repository(repository).links().find(digest))
                .flatMap(this::open);
    }

    /// Begins to take bytes in, hashed with `algorithm`; the caller closes.
    public StagedBlob stage(Digest.Algorithm algorithm) {
        Path file = layout.staging().resolve(process.nextSequence());
        return new StagedBlob(new StagedBytes(files, file, algorithm), algorithm);
    }

    /// Makes a finished blob part of the store, together with what `writing` does, in one transaction: the row of
    /// the blob is there when `writing` runs, so it can be linked. Bytes, directory entry and rows are durable on
    /// return.
    ///
    /// When healthy bytes of the digest are there already, the new ones are dropped; damaged ones are replaced.
    /// When `writing` throws, the blob is not published, its staged bytes are gone, and the exception reaches the
    /// caller. `writing` may run a second time when the first was rolled back.
    ///
    /// @throws dev.dray.model.DrayException of kind OUT_OF_SPACE when the disk is full; UNAVAILABLE when the disk
    ///     fails
    public <T> T publish(FinishedBlob blob, Writing<T> writing) {
        if (!blob.take()) {
            throw new IllegalStateException("the blob was published or closed before");
        }
        try {
            T result = publishing.publish(blob, writing);
            blob.markPublished();
            return result;
        } catch (IOException e) {
            throw StoreFailure.of("cannot store blob " + blob.digest(), e);
        } finally {
            blob.bytes().discardQuietly();
        }
    }

    /// Notes that someone may be about to reference the blob, so that it is not collected before he does. Writes
    /// nothing when a manifest of the repository references it, and at most once an hour else.
    public void keep(RepositoryName repository, BlobTable.Row row) {
        Instant now = clock.instant();
        boolean recent = row.touched().plus(BlobTable.BETWEEN_TOUCHES).isAfter(now);
        if (!recent
                && !catalog.read(transaction ->
                        transaction.repository(repository).links().referenced(row.digest()))) {
            catalog.change(transaction -> transaction.blobs().touch(List.of(row.digest()), now));
        }
    }
}
