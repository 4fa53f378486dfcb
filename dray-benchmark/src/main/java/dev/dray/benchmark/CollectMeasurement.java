package dev.dray.benchmark;

import static dev.dray.benchmark.StoreSamples.APP;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.collect.CollectListener;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// How long a collection takes, and how long others wait for their commits meanwhile. Not a test: run its `main` with a
/// folder for the store.
final class CollectMeasurement {
    private static final int BLOBS = 100_000;
    private static final int IMAGES = 10_000;
    private static final int BATCH = 1000;

    private CollectMeasurement() {}

    static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "collect");
        try (Store store = Store.open(folder, StoreKind.REGISTRY, StoreOptions.standard())) {
            fill(store);
            waits(store, "nobody else");
            collect(
                    store,
                    "a dry run over " + 2 * BLOBS,
                    CollectOptions.after(Duration.ofDays(1)).withDryRun(true));
            collect(store, "removing " + BLOBS, CollectOptions.after(Duration.ofDays(1)));
            collect(store, "nothing to remove", CollectOptions.after(Duration.ofDays(1)));
        }
    }

    /// Half of the blobs are referenced, ten by each image.
    private static void fill(Store store) {
        Instant old = Instant.now().minus(Duration.ofDays(9));
        for (int from = 0; from < 2 * BLOBS; from += BATCH) {
            int first = from;
            store.catalog().change(tx -> {
                for (int i = first; i < first + BATCH; i++) {
                    byte[] content = ByteBuffer.allocate(64).putInt(i).array();
                    tx.blobs().putInline(Digest.sha256(content), RawBytes.copyOf(content), old);
                    tx.repository(APP).links().add(Digest.sha256(content));
                }
            });
        }
        for (int from = 0; from < IMAGES; from += BATCH) {
            int first = from;
            store.catalog().change(tx -> {
                for (int image = first; image < first + BATCH; image++) {
                    List<Digest> blobs = new ArrayList<>();
                    for (int i = 0; i < BLOBS / IMAGES; i++) {
                        byte[] content = ByteBuffer.allocate(64)
                                .putInt(image * (BLOBS / IMAGES) + i)
                                .array();
                        blobs.add(Digest.sha256(content));
                    }
                    var manifest = StoreSamples.image(blobs.getFirst(), blobs);
                    tx.repository(APP).manifests().put(manifest.raw().sha256(), manifest);
                }
            });
        }
        for (int from = 0; from < 2 * BLOBS; from += BATCH) {
            int first = from;
            store.catalog().change(tx -> {
                List<Digest> digests = new ArrayList<>();
                for (int i = first; i < first + BATCH; i++) {
                    digests.add(Digest.sha256(ByteBuffer.allocate(64).putInt(i).array()));
                }
                tx.blobs().touch(digests, old);
            });
        }
    }

    private static void collect(Store store, String what, CollectOptions options) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<CollectReport> collecting = thread.submit(() -> {
                long start = System.nanoTime();
                CollectReport report =
                        store.collector().collect(options, CollectListener.NONE).orElseThrow();
                System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - start) / 1e9);
                over.set(true);
                return report;
            });
            List<Long> waits = new ArrayList<>();
            while (!over.get()) {
                waits.add(commit(store));
            }
            print(what, waits);
            collecting.get();
        }
    }

    private static void waits(Store store, String who) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            waits.add(commit(store));
        }
        print(who, waits);
    }

    private static long commit(Store store) {
        long start = System.nanoTime();
        store.catalog().change(tx -> tx.settings().put("measured", Long.toString(start)));
        return System.nanoTime() - start;
    }

    private static void print(String what, List<Long> waits) {
        List<Long> sorted = waits.stream().sorted().toList();
        System.out.printf(
                "  commits of another beside %s: %d, median %.2f ms, p99 %.2f ms, most %.2f ms%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.getLast() / 1e6);
    }
}
