package dev.dray.store.layer;

import dev.dray.layer.pipeline.BlobProof;
import dev.dray.layer.pipeline.BlobReading;
import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.layer.recipe.BlobRecipe;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.blob.Blob;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Database;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.catalog.RecipeTable.Verdict;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.StoreFailure;
import dev.dray.store.process.Claim;
import dev.dray.store.process.Lease;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Proves blobs, each in one process at a time, and records the results. Thread safe.
final class BlobProofs {
    /// The prover that gave a verdict; raised when the catalog of encoders learns more.
    private static final String VERSION = "1";

    /// How often the collector may be faster.
    private static final int MOST_ATTEMPTS = 8;

    private static final long PAUSE_MILLIS = 50;

    private final Database catalog;
    private final LocalProcess process;
    private final InstantSource clock;
    private final Layers layers;
    private final LayerPipeline pipeline;

    BlobProofs(Database catalog, LocalProcess process, InstantSource clock, Layers layers, LayerPipeline pipeline) {
        this.catalog = catalog;
        this.process = process;
        this.clock = clock;
        this.layers = layers;
        this.pipeline = pipeline;
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
        LayerTable.Row layer = layers.find(diffId)
                .orElseThrow(() ->
                        new DrayException(Kind.NOT_FOUND, "layer " + diffId + " is not in the store").about(diffId));
        Instant begun = clock.instant();
        try {
            pipeline.prove(recipe, layers.tar(layer));
        } catch (IOException e) {
            throw StoreFailure.of("cannot rebuild blob " + recipe.digest(), e);
        }
        RecipeTable.Row row =
                new RecipeTable.Row(recipe.digest(), layer.id(), recipe.encoderName(), recipe.toBytes(), begun);
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
                            .recipes()
                            .verdict(blob)
                            .filter(verdict -> verdict.version().equals(VERSION))
                            .map(verdict -> new Proof.Verbatim(verdict.reason())));
        });
    }

    private static BlobTable.Row row(Transaction transaction, Digest blob) {
        return transaction.blobs().find(blob).orElseThrow(() -> absent(blob));
    }

    static DrayException absent(Digest blob) {
        return new DrayException(Kind.NOT_FOUND, "no blob " + blob + " in the store").about(blob);
    }

    /// A lease protects the layer until the recipe refers to it.
    private Proof proveAlone(Digest digest, Optional<SplitOutcome.Split> split) throws IOException {
        try (Lease lease = Lease.take(catalog, process)) {
            Optional<BlobReading<Digest>> reading = split.filter(
                            known -> known.blob().equals(digest))
                    .map(known -> new BlobReading.Plain<>(known.scan(), known.diffId()));
            boolean again = false;
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                BlobTable.Row row = catalog.read(transaction -> row(transaction, digest));
                if (row.location() instanceof BlobLocation.Inline) {
                    return new Proof.Verbatim("it is small enough for the database");
                }
                Blob blob = layers.file(row);
                if (reading.isEmpty()) {
                    reading = Optional.of(scan(blob));
                }
                try {
                    Optional<Proof> proof = attempt(lease, row, blob, reading.get(), again);
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
                    reading = Optional.empty();
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

    /// Reads the blob's file to its end and compares its digest.
    private BlobReading<Digest> scan(Blob blob) throws IOException {
        Digest.Algorithm algorithm = blob.digest().algorithm();
        MessageDigest hasher = algorithm.hasher();
        BlobReading<Digest> reading;
        try (InputStream in = new DigestInputStream(blob.open(0), hasher)) {
            reading = LayerPipeline.scan(in);
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!Digest.of(algorithm, hasher.digest()).equals(blob.digest())) {
            catalog.change(transaction -> transaction.blobs().markDamaged(blob.digest()));
            throw new DrayException(Kind.CORRUPT, "the file of blob %s is damaged".formatted(blob.digest()))
                    .about(blob.digest());
        }
        return reading;
    }

    /// @param again whether to split the layer though it is there: the packs were found damaged
    /// @return empty when the layer or the blob has changed meanwhile
    private Optional<Proof> attempt(
            Lease lease, BlobTable.Row row, Blob blob, BlobReading<Digest> reading, boolean again) throws IOException {
        return switch (reading) {
            case BlobReading.Refused(String reason) -> Optional.of(record(row, reason));
            case BlobReading.Plain(var gzip, Digest diffId) -> {
                lease.cover(List.of(diffId));
                Optional<LayerTable.Row> layer = layers.find(diffId);
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
                yield switch (pipeline.prove(gzip, blob, layers.tar(layer.get()))) {
                    case BlobProof.Verbatim(String reason) -> Optional.of(record(row, reason));
                    case BlobProof.Exact(BlobRecipe recipe) -> {
                        requireSame(blob, recipe);
                        yield record(
                                row,
                                new RecipeTable.Row(
                                        blob.digest(),
                                        layer.get().id(),
                                        recipe.encoderName(),
                                        recipe.toBytes(),
                                        clock.instant()));
                    }
                };
            }
        };
    }

    /// A proof counts only for the blob that was asked for. Recipes have SHA-256 digests: of a blob with another
    /// one the size must do, and the file's digest was compared.
    private static void requireSame(Blob blob, BlobRecipe recipe) {
        boolean same = blob.digest().algorithm() == Digest.Algorithm.SHA512
                || recipe.digest().equals(blob.digest());
        if (!same || recipe.size() != blob.size()) {
            throw new DrayException(
                            Kind.CORRUPT, "rebuilt %s and not blob %s".formatted(recipe.digest(), blob.digest()))
                    .about(blob.digest());
        }
    }

    private Optional<Proof> record(BlobTable.Row row, RecipeTable.Row recipe) {
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

    private Proof record(BlobTable.Row row, String reason) {
        catalog.change(transaction -> {
            row(transaction, row.digest());
            transaction.recipes().putVerdict(new Verdict(row.digest(), reason, VERSION, clock.instant()));
        });
        return new Proof.Verbatim(reason);
    }
}
