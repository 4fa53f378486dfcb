package dev.dray.store.layer;

import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.FileBlob;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.rebuild.RebuildLimits;
import dev.dray.store.rebuild.RebuildPool;
import dev.dray.store.rebuild.Rebuilder;
import dev.dray.store.sqlite.SqliteCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;

/// The layers that are kept as contents and recipes.
///
/// The way of a layer: [#split] while its blob comes, [#prove] when the blob is published, [#dropFile] when its
/// file is not wanted. Only [#prove] writes recipes, and only from what it made in full from the packs; only
/// [#dropFile] takes bytes away, and only with such a recipe. Thread safe. Virtual threads may call all of it;
/// what [#tar] and [#recipe] give does native work when it is read, and belongs on a platform thread.
public final class Layers {
    /// What the packs of a layer may need beside the size of its blob.
    private static final long RESERVE = 16L << 20;

    private final SqliteCatalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Rebuilder making;
    private final RebuildPool rebuilds;
    private final BlobForms forms;
    private final BlobProofs proofs;

    public Layers(
            SqliteCatalog catalog, FileOperations files, Layout layout, LocalProcess process, InstantSource clock) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
        this.making = new Rebuilder(catalog, new PackFiles(files, layout.packs(), catalog));
        this.forms = new BlobForms(catalog, files, layout, process, clock, making);
        this.rebuilds = rebuilds(RebuildLimits.of(Runtime.getRuntime().maxMemory(), Rebuilder.SHARED));
        this.proofs = new BlobProofs(catalog, process, clock, this, making);
    }

    /// Begins to split a blob that comes; the caller closes.
    ///
    /// @param blob for messages; whether the bytes have this digest is not looked at
    /// @param size of the blob, as it was announced
    /// @throws DrayException of kind OUT_OF_SPACE when the disk has less than that left
    public LayerSplit split(Digest blob, long size) {
        requireSpace(size, "cannot split blob " + blob);
        return new LayerSplit(blob, catalog, files, layout, process, clock);
    }

    private void requireSpace(long size, String attempt) {
        try {
            long usable = files.folders().usableSpace(layout.folder());
            if (usable < size + RESERVE) {
                throw new DrayException(
                                Kind.OUT_OF_SPACE,
                                "%s: it needs up to %d MiB, and %d MiB are free"
                                        .formatted(attempt, (size + RESERVE) >> 20, usable >> 20))
                        .advising("free some space and try again");
            }
        } catch (IOException e) {
            throw StoreFailure.of(attempt, e);
        }
    }

    public Optional<LayerRow> find(Digest diffId) {
        return catalog.read(transaction -> transaction.layers().find(diffId));
    }

    /// The plain bytes of a layer, from the packs. Whoever reads to the end from the beginning has had the diffID
    /// compared.
    public ByteSource tar(LayerRow layer) {
        return making.tar(layer);
    }

    /// The tar recipe of a layer; the caller closes.
    public InputStream recipe(LayerRow layer) {
        return making.tar(layer).recipe();
    }

    /// Finds out whether a blob can be made again, and records the recipe, or why there is none. What was recorded
    /// before holds; a verdict only until a prover that knows more. The layer is split first, from the blob's file,
    /// when it is not there. Of several callers, in whatever processes, one does the work and the others wait.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is no such blob, CORRUPT when its file is damaged, which
    ///     is marked, OUT_OF_SPACE, UNAVAILABLE, or CANCELLED when interrupted
    public Proof prove(Digest blob) {
        return PlatformThread.run(() -> proofs.prove(blob, Optional.empty()));
    }

    /// [#prove(Digest)] of a blob that was split a moment ago: it is not read once more to learn how it is
    /// compressed.
    public Proof prove(Digest blob, SplitOutcome.Split split) {
        return PlatformThread.run(() -> proofs.prove(blob, Optional.of(split)));
    }

    /// Takes a blob whose bytes are nowhere, by a recipe that was found elsewhere: the blob is made in full from the
    /// packs first, and begins without a file. The caller holds the layer, by a [LayerSplit] that is not closed
    /// yet or by a lease.
    ///
    /// @return false when the store has the blob already, which gets the recipe
    /// @throws DrayException of kind NOT_FOUND when the layer is not there, CORRUPT when the recipe does not make
    ///     its blob from it
    public boolean take(BlobRecipe recipe, Digest diffId) {
        return PlatformThread.run(() -> proofs.take(recipe, diffId));
    }

    /// Removes the file of a blob, which is made from its recipe from then on. The proof must be fresh:
    /// one of more than an hour, or from before a pack was found damaged, is made again first.
    ///
    /// @return false when there is no proven recipe, no healthy file, or a pinned manifest holds the blob
    /// @throws DrayException of kind CORRUPT when the blob cannot be made any more: it keeps its file
    public boolean dropFile(Digest blob) {
        return PlatformThread.run(() -> forms.dropFile(blob));
    }

    /// Makes the file of a blob again, which keeps its recipe; durable on return. No error when it has a file.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is no such blob, CORRUPT when it cannot be made any more,
    ///     OUT_OF_SPACE
    public void restoreFile(Digest blob) {
        BlobRow row = forms.row(blob);
        if (row.location() instanceof BlobLocation.Rebuilt) {
            requireSpace(row.size(), "cannot make the file of blob " + blob);
        }
        PlatformThread.run(() -> forms.restoreFile(blob));
    }

    /// Forgets the recipe of a blob that has a file.
    ///
    /// @return false when it has none, or nothing but it
    public boolean dropRecipe(Digest blob) {
        return forms.dropRecipe(blob);
    }

    /// Makes a blob in full and compares, without writing.
    ///
    /// @throws DrayException of kind NOT_FOUND when it has no recipe, CORRUPT when it cannot be made any more: a
    ///     blob without a file is marked damaged, one with a file loses its recipe
    public void verify(Digest blob) {
        PlatformThread.run(() -> forms.verify(blob));
    }

    public RebuildPool rebuilds() {
        return rebuilds;
    }

    /// Makings of blobs on other terms.
    public RebuildPool rebuilds(RebuildLimits terms) {
        return new RebuildPool(making, forms::markBroken, terms);
    }

    /// A blob as its file has it.
    Blob file(BlobRow row) {
        if (row.location() instanceof BlobLocation.File(String name)) {
            return new FileBlob(row.digest(), row.size(), layout.blob(name), files, Optional::empty);
        }
        throw new DrayException(Kind.CONFLICT, "blob " + row.digest() + " has no file").about(row.digest());
    }

    /// Splits a blob that has a file.
    SplitOutcome split(Blob blob) throws IOException {
        try (LayerSplit split = split(blob.digest(), blob.size());
                InputStream in = blob.open(0)) {
            in.transferTo(split);
            return split.finish();
        }
    }
}
