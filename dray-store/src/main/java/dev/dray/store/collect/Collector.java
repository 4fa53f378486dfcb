package dev.dray.store.collect;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.ProcessId;
import dev.dray.store.catalog.RecipeRow;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.filesystem.ProcessLocks;
import dev.dray.store.pack.PackFiles;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Frees what nobody needs any more, while everybody else goes on working.
///
/// Manifests are the roots, tagged or not unless that is asked for. A blob goes when no manifest
/// references it, no lease of a living process covers it, and nobody has touched it for as long as the
/// grace. It is looked for page by page, in read transactions that hold nobody up, and removed in small
/// ones that ask again: whoever links or references a blob does so in a transaction that finds its row,
/// so either he comes first and the blob stays, or he finds it gone and has it sent again. Files are
/// unlinked after the commit; nobody opens by a row that is gone, and who has the file open reads on.
///
/// One process collects at a time (there is a claim in the catalog). Thread safe. Failures of the disk
/// are [IOException]s; what was freed until then is freed.
public final class Collector implements AutoCloseable {
    /// So many entries of layers are looked through in a moment.
    private static final long FEW_ENTRIES = 300_000;

    private final Catalog catalog;
    private final FileOperations files;
    private final Layout layout;
    private final Supplier<ProcessId> self;
    private final Supplier<String> sequence;
    private final InstantSource clock;
    private final ProcessLocks locks;
    private final Orphans orphans;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Semaphore turn = new Semaphore(1);

    /// @param self the number of this process, asked for when it is first needed
    /// @param sequence a part of a name that no process ever used before
    public Collector(
            Catalog catalog,
            FileOperations files,
            Layout layout,
            Supplier<ProcessId> self,
            Supplier<String> sequence,
            InstantSource clock) {
        this.catalog = catalog;
        this.files = files;
        this.layout = layout;
        this.self = self;
        this.sequence = sequence;
        this.clock = clock;
        this.locks = new ProcessLocks(layout.processes());
        this.orphans = new Orphans(catalog, files, layout, locks);
    }

    /// Goes through the whole store.
    ///
    /// @return empty when another process, or another thread of this one, is at it; a dry run is never in the way
    public Optional<CollectReport> collect(CollectOptions options, CollectListener listener) throws IOException {
        Instant cutoff = clock.instant().minus(options.grace());
        return claimed(options.dryRun(), () -> {
            CollectRun round = round(cutoff, options.dryRun(), options.pause(), listener);
            new RepositorySweep(round, options.untagged()).run();
            new BlobSweep(round).run();
            new OrphanSweep(round, orphans).run();
            new LayerSweep(round).run();
            packs(round).run(true);
            return round.tally().report(round.pace().next());
        });
    }

    /// Frees those of `blobs` that nothing references and no lease covers, however lately they were touched. Only where
    /// everybody who relies on a blob without a reference has a lease, as in an engine's store. The layers that
    /// the blobs were made from go too, and, in a store of moderate size, packs in which nothing lives any more.
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

    /// Entries of all layers: what it costs to find out which contents live.
    private long entries() {
        long entries = 0;
        for (List<LayerRow> page : Pages.of(
                catalog,
                CollectRun.PAGE,
                (transaction, last, limit) -> transaction.layers().list(last.orElse(0L), limit),
                LayerRow::id)) {
            entries += page.stream().mapToLong(LayerRow::entries).sum();
        }
        return entries;
    }

    private PackSweep packs(CollectRun round) {
        PackFiles packs = new PackFiles(files, layout.packs(), catalog);
        return new PackSweep(round, new Marking(round, packs), new Repacking(round, packs, sequence));
    }

    /// The layers that blobs are made from.
    private Set<Long> layers(Collection<Digest> blobs) {
        return catalog.read(transaction -> blobs.stream()
                .map(transaction.recipes()::find)
                .flatMap(Optional::stream)
                .map(RecipeRow::layer)
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

    /// What is done while nobody else removes bytes.
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /// Does something during which no bytes are collected.
    ///
    /// @return empty, without having done it, when they are being collected
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
            Optional<CollectorClaim> claim = CollectorClaim.take(catalog, locks, self.get());
            if (claim.isEmpty()) {
                return Optional.empty();
            }
            try (CollectorClaim _ = claim.get()) {
                return Optional.of(work.run());
            }
        } finally {
            turn.release();
        }
    }

    /// Stops what is running at its next step, and waits for that.
    @Override
    public void close() {
        stopped.countDown();
        turn.acquireUninterruptibly();
        turn.release();
    }
}
