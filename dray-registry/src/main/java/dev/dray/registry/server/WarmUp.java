package dev.dray.registry.server;

import dev.dray.store.Store;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.RecipeTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// At start-up rebuilds the first MiB of one blob per encoder family, so the encoders are JIT-compiled before the first
/// client arrives (first GET about 10 times faster). Runs on its own thread; closing ends it.
final class WarmUp implements AutoCloseable {
    /// Recipes searched for encoder families.
    private static final int SEARCHED = 200;

    /// Bytes rebuilt of each blob: a few segments.
    private static final int PREFIX = 1 << 20;

    private final Store store;
    private final Thread thread;

    private WarmUp(Store store) {
        this.store = store;
        this.thread = Thread.ofPlatform().daemon().name("warm-up").unstarted(this::run);
    }

    static WarmUp start(Store store) {
        WarmUp warmUp = new WarmUp(store);
        warmUp.thread.start();
        return warmUp;
    }

    private void run() {
        try {
            for (BlobTable.Row blob : blobs()) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                rebuild(blob);
            }
        } catch (IOException | RuntimeException e) {
            // The client that reads such a blob gets the failure; the server starts regardless.
        }
    }

    private List<BlobTable.Row> blobs() {
        return store.catalog().read(transaction -> {
            Set<String> families = new HashSet<>();
            List<BlobTable.Row> blobs = new ArrayList<>();
            for (RecipeTable.Row recipe : transaction.recipes().list(Optional.empty(), SEARCHED)) {
                transaction
                        .blobs()
                        .find(recipe.digest())
                        .filter(row -> row.location() instanceof BlobLocation.Rebuilt && !row.damaged())
                        .filter(_ -> families.add(family(recipe)))
                        .ifPresent(blobs::add);
            }
            return blobs;
        });
    }

    private static String family(RecipeTable.Row recipe) {
        return recipe.encoder().split(" ", 2)[0];
    }

    private void rebuild(BlobTable.Row row) throws IOException {
        var blob = store.blobs().open(row);
        if (blob.isEmpty()) {
            return;
        }
        try (InputStream in = blob.get().open(0)) {
            var _ = in.readNBytes(PREFIX);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
