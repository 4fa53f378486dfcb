package dev.dray.store.layer;

import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.FileBlob;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Database;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.rebuild.RebuildLimits;
import dev.dray.store.rebuild.RebuildPool;
import dev.dray.store.rebuild.Rebuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Optional;

/// The layers that are stored as contents and recipes.
///
/// A layer passes [#split] while its blob comes, [#prove] when the blob is published, and [#dropFile] when no file is
/// required. Only [#prove] writes recipes, and only after it has rebuilt the whole blob from the packs; only
/// [#dropFile] removes bytes, and only with such a recipe. Thread safe. Virtual threads may call all methods; the
/// streams of [#tar] and [#recipe] do native work and belong on platform threads.
public final class Layers {
    /// The space for the packs of a layer beside the size of its blob.
    private static final long RESERVE = 16L << 20;

    private final Database catalog;
    private final FileOperations files;
    private final Layout layout;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Rebuilder rebuilder;
    private final RebuildPool rebuilds;
    private final BlobForms forms;
    private final BlobProofs proofs;

    public Layers(Database catalog, FileOperations files, Layout layout, LocalProcess process, InstantSource clock) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
        LayerPipeline pipeline = new LayerPipeline(EncoderCatalog.standard(), Rebuilder.WORKERS);
        this.rebuilder = new Rebuilder(catalog, new PackFiles(files, layout.packs(), catalog), pipeline);
        this.forms = new BlobForms(catalog, files, layout, process, clock, rebuilder);
        this.rebuilds = rebuilds(RebuildLimits.of(Runtime.getRuntime().maxMemory(), Rebuilder.SHARED));
        this.proofs = new BlobProofs(catalog, process, clock, this, pipeline);
    }

    /// Begins to split a blob that comes; the caller closes.
    ///
    /// @param blob for messages; the bytes are not compared with it
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

    public Optional<LayerTable.Row> find(Digest diffId) {
        return catalog.read(transaction -> transaction.layers().find(diffId));
    }

    /// The plain bytes of a layer, from the packs. A stream that is read from the beginning compares the diffID
    /// at its end.
    public ByteSource tar(LayerTable.Row layer) {
        return rebuilder.tar(layer);
    }

    /// The tar recipe of a layer; the caller closes.
    public InputStream recipe(LayerTable.Row layer) {
        return rebuilder.tar(layer).recipe();
    }

    /// Proves that a recipe rebuilds a blob and records it, or records why there is none. An earlier result is
    /// returned as it is; a refusal only when the same version of the prover gave it. When the layer is not in
    /// the packs, it is split first, from the blob's file. Of several callers, in one process or in many, one
    /// does the work and the others wait.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is no such blob, CORRUPT when its file is damaged, which
    ///     is marked, OUT_OF_SPACE, UNAVAILABLE, or CANCELLED when interrupted
    public Proof prove(Digest blob) {
        return PlatformThread.run(() -> proofs.prove(blob, Optional.empty()));
    }

    /// [#prove(Digest)] of a blob that was split a moment ago: its structure is known, so it is read once less.
    public Proof prove(Digest blob, SplitOutcome.Split split) {
        return PlatformThread.run(() -> proofs.prove(blob, Optional.of(split)));
    }

    /// Takes a blob whose bytes are nowhere, by a recipe that was found elsewhere: the blob is rebuilt in full
    /// from the packs first, and begins without a file. The caller holds the layer, by a [LayerSplit] that is not
    /// closed yet or by a lease.
    ///
    /// @return false when the store has the blob already, which gets the recipe
    /// @throws DrayException of kind NOT_FOUND when the layer is not there, CORRUPT when the recipe does not
    ///     rebuild its blob from it
    public boolean take(BlobRecipe recipe, Digest diffId) {
        return PlatformThread.run(() -> proofs.take(recipe, diffId));
    }

    /// Removes the file of a blob, which its recipe rebuilds from then on. The proof must be fresh: one that is
    /// older than an hour, or than the discovery of a damaged pack, is repeated first.
    ///
    /// @return false when there is no proven recipe, no healthy file, or a pinned manifest holds the blob
    /// @throws DrayException of kind CORRUPT when the blob cannot be rebuilt any more: it keeps its file
    public boolean dropFile(Digest blob) {
        return PlatformThread.run(() -> forms.dropFile(blob));
    }

    /// Rebuilds the file of a blob, which keeps its recipe; durable on return. Does nothing when it has a file.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is no such blob, CORRUPT when it cannot be rebuilt any
    ///     more, OUT_OF_SPACE
    public void restoreFile(Digest blob) {
        BlobTable.Row row = forms.row(blob);
        if (row.location() instanceof BlobLocation.Rebuilt) {
            requireSpace(row.size(), "cannot rebuild the file of blob " + blob);
        }
        PlatformThread.run(() -> forms.restoreFile(blob));
    }

    /// Drops the recipe of a blob that has a file.
    ///
    /// @return false when there is no recipe, or no file
    public boolean dropRecipe(Digest blob) {
        return forms.dropRecipe(blob);
    }

    /// Rebuilds a blob in full and compares, without writing.
    ///
    /// @throws DrayException of kind NOT_FOUND when it has no recipe, CORRUPT when it cannot be rebuilt any more:
    ///     a blob without a file is marked damaged, one with a file loses its recipe
    public void verify(Digest blob) {
        PlatformThread.run(() -> forms.verify(blob));
    }

    public RebuildPool rebuilds() {
        return rebuilds;
    }

    /// Another pool of rebuilds, with its own limits.
    public RebuildPool rebuilds(RebuildLimits limits) {
        return new RebuildPool(rebuilder, forms::markBroken, limits);
    }

    /// A blob, read from its file.
    Blob file(BlobTable.Row row) {
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
