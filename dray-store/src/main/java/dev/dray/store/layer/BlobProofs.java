package dev.dray.store.layer;

import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobRow;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.catalog.RecipeRow;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.catalog.Verdicts.Verdict;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.process.Claim;
import dev.dray.store.process.Lease;
import dev.dray.store.process.LocalProcess;
import dev.dray.store.rebuild.Rebuilder;
import dev.dray.store.sqlite.SqliteCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Proves blobs, each in one process at a time, and records what came of it. Thread safe.
final class BlobProofs {
    /// How often the collector may be faster.
    private static final int MOST_ATTEMPTS = 8;

    private static final long PAUSE_MILLIS = 50;

    private final SqliteCatalog catalog;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Layers layers;
    private final Prover proving;

    BlobProofs(SqliteCatalog catalog, LocalProcess process, InstantSource clock, Layers layers, Rebuilder making) {
        this.catalog = catalog;
        this.process = process;
        this.clock = clock;
        this.layers = layers;
        this.proving = new Prover(making);
    }

    Proof prove(Digest blob, Optional<SplitOutcome.Split> split) {
        while (true) {
            Optional<Proof> known = recorded(blob);
            if (known.isPresent()) {
                return known.get();
            }
            Optional<Claim> claim = Claim.take(catalog, process, "proof " + blob);
            if (claim.isPresent()) {
                try (Claim _ = claim.get()) {
                    Optional<Proof> meanwhile = recorded(blob);
                    return meanwhile.isPresent() ? meanwhile.get() : proveAlone(blob, split);
                } catch (IOException e) {
                    throw StoreFailure.of("cannot prove blob " + blob, e);
                }
            }
            pause(blob);
        }
    }

    boolean take(BlobRecipe recipe, Digest diffId) {
        LayerRow layer = layers.find(diffId)
                .orElseThrow(() ->
                        new DrayException(Kind.NOT_FOUND, "layer " + diffId + " is not in the store").about(diffId));
        Instant begun = clock.instant();
        Prover.Result.Exact proven;
        try {
            proven = proving.prove(recipe, layer);
        } catch (IOException e) {
            throw StoreFailure.of("cannot make blob " + recipe.digest(), e);
        }
        RecipeRow row = new RecipeRow(
                recipe.digest(), layer.id(), proven.encoder(), proven.recipe().toBytes(), begun);
        return catalog.write(transaction -> catalog.proofs(transaction).begin(row, recipe.size()));
    }

    private static void pause(Digest blob) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(Kind.CANCELLED, "interrupted while blob " + blob + " was proven elsewhere", e);
        }
    }

    private Optional<Proof> recorded(Digest blob) {
        return catalog.read(transaction -> {
            row(transaction, blob);
            return transaction
                    .recipes()
                    .find(blob)
                    .<Proof>map(Proof.Exact::new)
                    .or(() -> transaction
                            .verdicts()
                            .find(blob)
                            .filter(verdict -> verdict.version().equals(Prover.VERSION))
                            .map(verdict -> new Proof.Verbatim(verdict.reason())));
        });
    }

    private static BlobRow row(Transaction transaction, Digest blob) {
        return transaction.blobs().find(blob).orElseThrow(() -> absent(blob));
    }

    static DrayException absent(Digest blob) {
        return new DrayException(Kind.NOT_FOUND, "no blob " + blob + " in the store").about(blob);
    }

    /// The layer's row is kept by a lease until the recipe needs it.
    private Proof proveAlone(Digest digest, Optional<SplitOutcome.Split> split) throws IOException {
        try (Lease lease = Lease.take(catalog, process)) {
            Optional<BlobScan.Content> told = split.filter(known -> known.blob().equals(digest))
                    .map(known -> new BlobScan.Content.Layer(known.diffId(), known.scan()));
            boolean again = false;
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                BlobRow row = catalog.read(transaction -> row(transaction, digest));
                if (row.location() instanceof BlobLocation.Inline) {
                    return new Proof.Verbatim("it is small enough to be kept in the database");
                }
                Blob blob = layers.file(row);
                if (told.isEmpty()) {
                    told = Optional.of(scan(blob));
                }
                try {
                    Optional<Proof> proof = attempt(lease, row, blob, told.get(), again);
                    if (proof.isPresent()) {
                        return proof.get();
                    }
                } catch (DrayException e) {
                    if (e.kind() != Kind.CORRUPT) {
                        throw e;
                    }
                    if (again) {
                        throw unproven(digest, e);
                    }
                    again = true;
                    told = Optional.empty();
                }
            }
            throw new DrayException(Kind.UNAVAILABLE, "blob %s changes while it is proven".formatted(digest))
                    .advising("try again");
        }
    }

    private static DrayException unproven(Digest blob, DrayException cause) {
        return new DrayException(
                        Kind.CORRUPT,
                        "cannot prove blob %s, which keeps its file: %s".formatted(blob, cause.getMessage()),
                        cause)
                .about(blob)
                .advising("look for what is wrong with the disk, and try again");
    }

    /// Reads the blob's file.
    private BlobScan.Content scan(Blob blob) throws IOException {
        BlobScan scan;
        try (InputStream in = blob.open(0)) {
            scan = BlobScan.of(in, blob.digest().algorithm());
        }
        if (!scan.digest().equals(blob.digest())) {
            catalog.change(transaction -> transaction.blobs().markDamaged(blob.digest()));
            throw new DrayException(Kind.CORRUPT, "the file of blob %s is damaged".formatted(blob.digest()))
                    .about(blob.digest());
        }
        return scan.content();
    }

    /// @param again whether the layer is to be split though it is there: what is in the packs was found wrong
    /// @return empty when the layer or the blob has changed meanwhile
    private Optional<Proof> attempt(Lease lease, BlobRow row, Blob blob, BlobScan.Content content, boolean again)
            throws IOException {
        return switch (content) {
            case BlobScan.Content.Other(String reason) -> Optional.of(record(row, reason));
            case BlobScan.Content.Layer(Digest diffId, var scan) -> {
                lease.cover(List.of(diffId));
                Optional<LayerRow> layer = layers.find(diffId);
                if (layer.isEmpty() || again) {
                    SplitOutcome outcome = layers.split(blob);
                    if (outcome instanceof SplitOutcome.Refused(String reason)) {
                        yield Optional.of(record(row, reason));
                    }
                    layer = outcome instanceof SplitOutcome.Split ? layers.find(diffId) : Optional.empty();
                }
                if (layer.isEmpty()) {
                    yield Optional.empty();
                }
                long number = layer.get().id();
                yield switch (proving.prove(blob, scan, layer.get())) {
                    case Prover.Result.Verbatim(String reason) -> Optional.of(record(row, reason));
                    case Prover.Result.Exact(String encoder, var recipe) ->
                        record(row, new RecipeRow(blob.digest(), number, encoder, recipe.toBytes(), clock.instant()));
                };
            }
        };
    }

    private Optional<Proof> record(BlobRow row, RecipeRow recipe) {
        return catalog.write(transaction -> {
            boolean unchanged = row(transaction, row.digest()).location().equals(row.location())
                    && transaction.layers().find(recipe.layer()).isPresent();
            if (!unchanged) {
                return Optional.empty();
            }
            catalog.proofs(transaction).record(recipe);
            return transaction.recipes().find(row.digest()).map(Proof.Exact::new);
        });
    }

    private Proof record(BlobRow row, String reason) {
        catalog.change(transaction -> {
            row(transaction, row.digest());
            transaction.verdicts().put(new Verdict(row.digest(), reason, Prover.VERSION, clock.instant()));
        });
        return new Proof.Verbatim(reason);
    }
}
