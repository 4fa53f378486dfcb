package dev.dray.store.layer;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.io.BulkOutputStream;
import dev.dray.store.blob.Publishing;
import dev.dray.store.blob.StagedBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.QuietDelete;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.rebuild.Rebuilder;
import dev.dray.store.sqlite.SqliteCatalog;
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

/// Changes what is kept of a blob: its file, its recipe, or both. Thread safe.
final class BlobForms {
    /// How long a proof lasts as a reason to remove a file.
    private static final Duration FRESH = Duration.ofHours(1);

    private final SqliteCatalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Rebuilder making;
    private final Publishing publishing;

    BlobForms(
            SqliteCatalog catalog,
            FileOperations files,
            Layout layout,
            LocalProcess process,
            InstantSource clock,
            Rebuilder making) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
        this.making = making;
        this.publishing = new Publishing(catalog, files, layout, process, clock);
    }

    BlobRow row(Digest blob) {
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
            log(Level.INFO, "dropped the file of blob {0}: it is made from its recipe", blob);
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
            make(blob, sink(bytes));
            bytes.store();
            requireSame(blob, bytes.digest(blob.algorithm()));
            Restored restored = publishing.place(
                    blob,
                    bytes,
                    (transaction, name) -> new Restored(
                            layout.blob(name), catalog.proofs(transaction).restoreFile(blob, name)));
            if (!restored.named()) {
                QuietDelete.quietly("file " + restored.file(), () -> files.delete(restored.file()));
            }
            return restored.named();
        } catch (IOException e) {
            throw StoreFailure.of("cannot make the file of blob " + blob, e);
        } finally {
            bytes.discardQuietly();
        }
    }

    /// A file that was made again.
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
        BlobRow row = row(blob);
        return row.location() instanceof BlobLocation.File
                && publishing.isHealthy(row)
                && catalog.write(transaction -> catalog.proofs(transaction).dropRecipe(blob));
    }

    /// @return when the making began
    Instant verify(Digest blob) {
        MessageDigest hasher = blob.algorithm().hasher();
        Instant begun = clock.instant();
        try {
            make(blob, new DigestOutputStream(OutputStream.nullOutputStream(), hasher));
        } catch (IOException e) {
            throw StoreFailure.of("cannot make blob " + blob, e);
        }
        requireSame(blob, Digest.of(blob.algorithm(), hasher.digest()));
        catalog.change(transaction -> catalog.proofs(transaction).renew(blob, begun));
        return begun;
    }

    private void make(Digest blob, OutputStream out) throws IOException {
        try {
            making.make(blob, out);
        } catch (DrayException e) {
            if (e.kind() == Kind.CORRUPT) {
                markBroken(blob, e);
            }
            throw e;
        }
    }

    private void requireSame(Digest blob, Digest made) {
        if (!made.equals(blob)) {
            DrayException failure =
                    new DrayException(Kind.CORRUPT, "made %s and not blob %s".formatted(made, blob)).about(blob);
            markBroken(blob, failure);
            throw failure;
        }
    }

    /// The logger is looked up when there is something to say: most commands start and end without.
    private static void log(Level level, String message, Object... arguments) {
        System.getLogger(Layers.class.getName()).log(level, message, arguments);
    }

    /// Where the blob has a file, its recipe is of no use any more; where it has none, the blob is damaged.
    void markBroken(Digest blob, DrayException failure) {
        log(Level.WARNING, "blob {0} cannot be made any more: {1}", blob, failure.getMessage());
        catalog.change(transaction -> {
            if (!catalog.proofs(transaction).dropRecipe(blob)) {
                transaction.blobs().markDamaged(blob);
            }
        });
    }
}
