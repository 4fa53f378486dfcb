package dev.dray.store.layer;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.io.BulkOutputStream;
import dev.dray.store.blob.Publishing;
import dev.dray.store.blob.StagedBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Database;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.QuietDelete;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.rebuild.Rebuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Adds and removes the stored forms of a blob: its file and its recipe. Thread safe.
final class BlobForms {
    /// How long a proof lasts as a reason to remove a file.
    private static final Duration FRESH = Duration.ofHours(1);

    private final Database catalog;
    private final FileOperations files;
    private final Layout layout;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Rebuilder rebuilder;
    private final Publishing publishing;

    BlobForms(
            Database catalog,
            FileOperations files,
            Layout layout,
            LocalProcess process,
            InstantSource clock,
            Rebuilder rebuilder) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
        this.rebuilder = rebuilder;
        this.publishing = new Publishing(catalog, files, layout, process, clock);
    }

    BlobTable.Row row(Digest blob) {
        return catalog.read(transaction -> transaction.blobs().find(blob)).orElseThrow(() -> BlobProofs.absent(blob));
    }

    boolean dropFile(Digest blob) {
        if (!(row(blob).location() instanceof BlobLocation.File(String name))) {
            return false;
        }
        Instant oldest = clock.instant().minus(FRESH);
        Optional<Instant> proven =
                catalog.read(transaction -> transaction.recipes().find(blob).map(recipe -> recipe.proven()));
        if (proven.isEmpty()) {
            return false;
        }
        if (proven.get().isBefore(oldest)) {
            verify(blob);
        }
        boolean dropped =
                catalog.write(transaction -> catalog.proofs(transaction).dropFile(blob, name, oldest));
        if (dropped) {
            Path file = layout.blob(name);
            log(Level.INFO, "dropped the file of blob {0}: its recipe rebuilds it", blob);
            QuietDelete.quietly("file " + file, () -> files.delete(file));
        }
        return dropped;
    }

    /// @return false when it has a file already
    boolean restoreFile(Digest blob) {
        if (!(row(blob).location() instanceof BlobLocation.Rebuilt)) {
            return false;
        }
        Path staged = layout.staging().resolve(process.nextSequence());
        StagedBytes bytes = new StagedBytes(files, staged, blob.algorithm());
        try {
            rebuild(blob, sink(bytes));
            bytes.store();
            requireSame(blob, bytes.digest(blob.algorithm()));
            Restored restored = publishing.place(
                    blob,
                    bytes,
                    name -> new Restored(
                            layout.blob(name),
                            catalog.write(
                                    transaction -> catalog.proofs(transaction).restoreFile(blob, name))));
            if (!restored.named()) {
                QuietDelete.quietly("file " + restored.file(), () -> files.delete(restored.file()));
            }
            return restored.named();
        } catch (IOException e) {
            throw StoreFailure.of("cannot rebuild the file of blob " + blob, e);
        } finally {
            bytes.discardQuietly();
        }
    }

    /// A rebuilt file.
    ///
    /// @param named whether the blob's row names it; another caller may have been faster
    private record Restored(Path file, boolean named) {}

    private static OutputStream sink(StagedBytes bytes) {
        return new BulkOutputStream() {
            @Override
            public void write(byte[] more, int offset, int length) throws IOException {
                bytes.write(ByteBuffer.wrap(more, offset, length));
            }
        };
    }

    boolean dropRecipe(Digest blob) {
        BlobTable.Row row = row(blob);
        return row.location() instanceof BlobLocation.File
                && publishing.isHealthy(row)
                && catalog.write(transaction -> catalog.proofs(transaction).dropRecipe(blob));
    }

    /// @return when the rebuild began
    Instant verify(Digest blob) {
        MessageDigest hasher = blob.algorithm().hasher();
        Instant begun = clock.instant();
        try {
            rebuild(blob, new DigestOutputStream(OutputStream.nullOutputStream(), hasher));
        } catch (IOException e) {
            throw StoreFailure.of("cannot rebuild blob " + blob, e);
        }
        requireSame(blob, Digest.of(blob.algorithm(), hasher.digest()));
        catalog.change(transaction -> catalog.proofs(transaction).renew(blob, begun));
        return begun;
    }

    private void rebuild(Digest blob, OutputStream out) throws IOException {
        try {
            rebuilder.rebuild(blob, out);
        } catch (DrayException e) {
            if (e.kind() == Kind.CORRUPT) {
                markBroken(blob, e);
            }
            throw e;
        }
    }

    private void requireSame(Digest blob, Digest rebuilt) {
        if (!rebuilt.equals(blob)) {
            DrayException failure =
                    new DrayException(Kind.CORRUPT, "rebuilt %s and not blob %s".formatted(rebuilt, blob)).about(blob);
            markBroken(blob, failure);
            throw failure;
        }
    }

    /// The logger is looked up when there is something to say: most commands start and end without.
    private static void log(Level level, String message, Object... arguments) {
        System.getLogger(Layers.class.getName()).log(level, message, arguments);
    }

    /// Drops the recipe of a blob that has a file; marks a blob without one damaged.
    void markBroken(Digest blob, DrayException failure) {
        log(Level.WARNING, "blob {0} cannot be rebuilt any more: {1}", blob, failure.getMessage());
        catalog.change(transaction -> {
            if (!catalog.proofs(transaction).dropRecipe(blob)) {
                transaction.blobs().markDamaged(blob);
            }
        });
    }
}
