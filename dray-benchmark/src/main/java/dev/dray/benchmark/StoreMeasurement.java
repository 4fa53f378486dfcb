package dev.dray.benchmark;

import static dev.dray.benchmark.StoreSamples.APP;

import dev.dray.model.Digest;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.blob.Blob;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Figures of the store by hand: durable small publishes, writing of a large blob, reads. The argument is an empty
/// folder on the disk in question.
final class StoreMeasurement {
    private static final int SMALL = 4096;

    private StoreMeasurement() {}

    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Store store = Store.open(folder, StoreKind.REGISTRY, StoreOptions.standard())) {
            publishSmall(store, 1, 1000);
            for (int threads : new int[] {1, 16}) {
                long[] times = publishSmall(store, threads, 4000 / threads);
                System.out.printf(
                        Locale.ROOT,
                        "durable 4 KiB publish and link, %d threads: p50 %.2f ms, p99 %.2f ms%n",
                        threads,
                        times[times.length / 2] / 1e6,
                        times[times.length * 99 / 100] / 1e6);
            }
            for (int i = 0; i < 3; i++) {
                writeLarge(store, i, 1 << 10);
            }
            for (int threads : new int[] {1, 16}) {
                read(store, threads, 160_000 / threads);
            }
        }
    }

    private static long[] publishSmall(Store store, int threads, int each) throws Exception {
        long[] times = new long[threads * each];
        long start = System.nanoTime();
        run(threads, thread -> {
            Random random = new Random();
            for (int i = 0; i < each; i++) {
                byte[] content = StoreSamples.bytes(random.nextLong(), SMALL);
                long before = System.nanoTime();
                StoreSamples.publish(store, APP, content);
                times[thread * each + i] = System.nanoTime() - before;
            }
        });
        System.out.printf(
                Locale.ROOT,
                "%d threads: %.0f publishes/s%n",
                threads,
                times.length * 1e9 / (System.nanoTime() - start));
        Arrays.sort(times);
        return times;
    }

    private static void writeLarge(Store store, long seed, int mebibytes) throws IOException {
        ByteBuffer slab = ByteBuffer.allocateDirect(1 << 20);
        slab.put(StoreSamples.bytes(seed, 1 << 20)).flip();
        long start = System.nanoTime();
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            for (int i = 0; i < mebibytes; i++) {
                staged.write(slab.duplicate().putInt(0, i));
            }
            long written = System.nanoTime();
            FinishedBlob blob = staged.finish();
            store.blobs().publish(blob, tx -> tx.repository(APP).links().add(blob.digest()));
            long end = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "%d MiB: %.0f MB/s (written and hashed after %.2f s, durable after %.2f s)%n",
                    mebibytes,
                    mebibytes * 1.048576e9 / (end - start),
                    (written - start) / 1e9,
                    (end - start) / 1e9);
            Files.deleteIfExists(
                    store.blobs().find(APP, blob.digest()).flatMap(Blob::file).orElseThrow());
        }
    }

    private static void read(Store store, int threads, int each) throws Exception {
        Digest digest = StoreSamples.publish(store, APP, StoreSamples.bytes(1, SMALL));
        long start = System.nanoTime();
        run(threads, thread -> {
            for (int i = 0; i < each; i++) {
                store.catalog().read(tx -> tx.repository(APP).links().find(digest));
            }
        });
        System.out.printf(
                Locale.ROOT,
                "reads of a linked blob, %d virtual threads: %.0f/s%n",
                threads,
                threads * each * 1e9 / (System.nanoTime() - start));
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void run(int threads, Work work) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all.add(executor.submit(() -> {
                    work.run(thread);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
