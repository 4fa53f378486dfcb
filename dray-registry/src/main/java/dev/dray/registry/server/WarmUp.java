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

/// Makes the beginnings of a few blobs that lie as recipes when a server starts, one of each family of encoders: its
/// first client finds the code compiled then, and waits for a tenth of the time. On a thread of its own; closing ends
/// it.
final class WarmUp implements AutoCloseable {
    /// Recipes among which families are looked for.
    private static final int LOOKED_AT = 200;

    /// Bytes of each blob: some segments.
    private static final int BEGINNING = 1 << 20;

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
                make(blob);
            }
        } catch (IOException | RuntimeException e) {
            // whoever asks for such a blob is told; the server has started all the same
        }
    }

    private List<BlobTable.Row> blobs() {
        return store.catalog().read(transaction -> {
            Set<String> families = new HashSet<>();
            List<BlobTable.Row> blobs = new ArrayList<>();
            for (RecipeTable.Row recipe : transaction.recipes().list(Optional.empty(), LOOKED_AT)) {
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

    private void make(BlobTable.Row row) throws IOException {
        var blob = store.blobs().open(row);
        if (blob.isEmpty()) {
            return;
        }
        try (InputStream in = blob.get().open(0)) {
            var _ = in.readNBytes(BEGINNING);
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
