package dev.dray.store.collect;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.ProcessLocks;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.process.Claim;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// Frees blobs, manifests, layers and packs that nothing needs any more, while others go on working. Thread safe.
///
/// # Idea
///
/// Manifests are the roots, tagged or not, unless the options say that untagged ones may go. A blob goes when no
/// manifest references it, no lease of a living process covers it, and nobody has touched it within the grace. The
/// collector looks for such blobs page by page, in read transactions that block nobody, and removes them in small
/// write transactions that check again. Layers, contents and packs follow: [LayerSweep], [PackSweep].
///
/// # Invariants
///
/// * A client links or references a blob in a transaction that finds its row. So either it comes first and the check
///   keeps the blob, or it finds the row gone and sends the blob again. No read before the transaction counts.
/// * Rows go before bytes: files are unlinked after the commit. Nobody opens by a row that is gone, and a process that
///   has the file open reads on.
/// * A blob under upload has no reference yet; the grace covers it in a registry, a lease in an engine.
/// * A crash between commit and unlink leaves a file without a row, an orphan, which a later run removes.
///
/// # Locks
///
/// One process collects at a time, by a claim in the catalog, and in it one thread, by `turn`, which is taken first.
/// Both are held for the whole run; no row or file is locked between two transactions, and pauses between steps
/// ([Pace]) leave the disk to others.
///
/// # Why not otherwise
///
/// Counting references would free bytes at once, and a crash or a bug in one decrement would lose or leak them for
/// ever; the catalog's rows are counted afresh each time. Stopping writers for a mark and sweep, as the garbage
/// collector of CNCF Distribution asks for, is what registries with pushes day and night cannot do.
///
/// Failures of the disk are [IOException]s; everything freed until then stays freed.
public final class Collector implements AutoCloseable {
    /// The claim of the process that collects, or that wants nobody to collect.
    private static final String CLAIM = "collector";

    /// Layers with so many entries are read in a moment.
    private static final long FEW_ENTRIES = 300_000;

    private final Catalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Orphans orphans;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Semaphore turn = new Semaphore(1);

    public Collector(Catalog catalog, FileOperations files, Layout layout, LocalProcess process, InstantSource clock) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.process = process;
        this.clock = clock;
        this.orphans = new Orphans(catalog, files, layout, new ProcessLocks(layout.processes()));
    }

    /// Collects in the whole store.
    ///
    /// @return empty when another process, or another thread of this one, is collecting; never for a dry run
    public Optional<CollectReport> collect(CollectOptions options, CollectListener listener) throws IOException {
        Instant cutoff = clock.instant().minus(options.grace());
        return claimed(options.dryRun(), () -> {
            CollectRun round = round(cutoff, options.dryRun(), options.pause(), listener);
            new RepositorySweep(round, options.untagged()).run();
            new BlobSweep(round).run();
            orphans.sweep(round);
            new LayerSweep(round).run();
            packs(round).run(true);
            return round.tally().report(round.pace().next());
        });
    }

    /// Frees those of `blobs` that nothing references and no lease covers, however lately they were touched. Only
    /// where everybody who relies on a blob without a reference has a lease, as in an engine's store. The layers
    /// that the blobs were rebuilt from go too, and, in a store of moderate size, packs in which nothing lives
    /// any more.
    ///
    /// @return as for [#collect]
    public Optional<CollectReport> free(Collection<Digest> blobs, CollectListener listener) throws IOException {
        if (blobs.isEmpty()) {
            return Optional.of(new CollectReport(Map.of(), true));
        }
        return claimed(false, () -> {
            CollectRun round = round(Instant.MAX, false, Duration.ZERO, listener);
            Set<Long> layers = layers(blobs);
            new BlobSweep(round).remove(Set.copyOf(blobs));
            new LayerSweep(round).remove(layers);
            if (!round.deadLayers().isEmpty() && entries() <= FEW_ENTRIES) {
                packs(round).run(false);
            }
            return round.tally().report(round.pace().next());
        });
    }

    /// Entries of all layers: the cost of marking the living contents.
    private long entries() {
        long entries = 0;
        for (List<LayerTable.Row> page : Pages.of(
                catalog,
                CollectRun.PAGE,
                (transaction, last, limit) -> transaction.layers().list(last.orElse(0L), limit),
                LayerTable.Row::id)) {
            entries += page.stream().mapToLong(LayerTable.Row::entries).sum();
        }
        return entries;
    }

    private PackSweep packs(CollectRun round) {
        PackFiles packs = new PackFiles(files, layout.packs(), catalog);
        return new PackSweep(round, new Marking(round, packs), new Repacking(round, packs, process::nextSequence));
    }

    /// The layers that blobs are rebuilt from.
    private Set<Long> layers(Collection<Digest> blobs) {
        return catalog.read(transaction -> blobs.stream()
                .map(transaction.recipes()::find)
                .flatMap(Optional::stream)
                .map(RecipeTable.Row::layer)
                .collect(Collectors.toSet()));
    }

    private CollectRun round(Instant cutoff, boolean dryRun, Duration pause, CollectListener listener)
            throws IOException {
        return new CollectRun(
                catalog,
                files,
                layout,
                Set.copyOf(orphans.dead()),
                clock.instant(),
                cutoff,
                dryRun,
                new HashSet<>(),
                new HashSet<>(),
                new Pace(pause, stopped, listener),
                new CollectReport.Tally(listener));
    }

    /// Work during which nobody removes bytes.
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /// Runs work while no bytes are collected.
    ///
    /// @return empty, without having run it, when a collection is running
    public <T> Optional<T> holdOff(Work<T> work) throws IOException {
        return claimed(false, work);
    }

    private <T> Optional<T> claimed(boolean dryRun, Work<T> work) throws IOException {
        if (dryRun) {
            return Optional.of(work.run());
        }
        if (!turn.tryAcquire()) {
            return Optional.empty();
        }
        try {
            Optional<Claim> claim = Claim.takeOrRenew(catalog, process, CLAIM);
            if (claim.isEmpty()) {
                return Optional.empty();
            }
            try (Claim _ = claim.get()) {
                return Optional.of(work.run());
            }
        } finally {
            turn.release();
        }
    }

    /// Stops a run at its next step, and waits for it.
    @Override
    public void close() {
        stopped.countDown();
        turn.acquireUninterruptibly();
        turn.release();
    }
}
