package dev.dray.benchmark;

import static dev.dray.benchmark.StoreSamples.APP;

import dev.dray.model.Digest;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.PackTable.Extent;
import dev.dray.store.layer.LayerSplit;
import dev.dray.store.layer.Proof;
import dev.dray.store.layer.SplitOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Figures of layers by hand: splitting, proving, reading back, disk and memory. Arguments: an empty folder on the
/// disk in question, and blobs of layers.
final class LayerMeasurement {
    private static final int SLAB = 1 << 20;
    private static final double MEGA = 1e6;

    private LayerMeasurement() {}

    static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Store store = Store.open(folder, StoreKind.ENGINE, StoreOptions.standard())) {
            for (String blob : Arrays.asList(arguments).subList(1, arguments.length)) {
                measure(store, Path.of(blob));
            }
            disk(store);
        }
        try (Store store = Store.openExisting(folder)) {
            store.catalog().change(tx -> tx.settings().put("measured", "yes"));
        }
        System.out.printf(Locale.ROOT, "store.db %.1f MB%n", Files.size(folder.resolve("store.db")) / MEGA);
    }

    private static void measure(Store store, Path file) throws IOException {
        System.out.println(file);
        Digest digest = publish(store, file);
        SplitOutcome outcome = split(store, file, digest);
        if (!(outcome instanceof SplitOutcome.Split split)) {
            System.out.println("  " + outcome);
            return;
        }
        long start = System.nanoTime();
        Proof proof = store.layers().prove(digest, split);
        report("prove", split.size(), start);
        if (!(proof instanceof Proof.Exact)) {
            System.out.println("  " + proof);
            return;
        }
        System.out.println("  dropped " + store.layers().dropFile(digest));
        for (int i = 0; i < 2; i++) {
            read(
                    "tar",
                    store.layers()
                            .tar(store.layers().find(split.diffId()).orElseThrow())
                            .open(0),
                    split.size());
            read("blob", store.blobs().find(APP, digest).orElseThrow().open(0), split.size());
        }
        long size = store.blobs().find(APP, digest).orElseThrow().size();
        start = System.nanoTime();
        try (InputStream stream = store.blobs().find(APP, digest).orElseThrow().open(size * 9 / 10)) {
            stream.readNBytes(1);
        }
        System.out.printf(Locale.ROOT, "  first byte at 90 %%: %.0f ms%n", (System.nanoTime() - start) / MEGA);
    }

    private static Digest publish(Store store, Path file) throws IOException {
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256);
                InputStream in = Files.newInputStream(file)) {
            byte[] slab = new byte[SLAB];
            for (int read = in.read(slab); read >= 0; read = in.read(slab)) {
                staged.write(ByteBuffer.wrap(slab, 0, read));
            }
            FinishedBlob finished = staged.finish();
            store.blobs().publish(finished, tx -> tx.repository(APP).links().add(finished.digest()));
            return finished.digest();
        }
    }

    private static SplitOutcome split(Store store, Path file, Digest digest) throws IOException {
        long start = System.nanoTime();
        long processor = processor();
        try (LayerSplit split = store.layers().split(digest, Files.size(file));
                InputStream in = Files.newInputStream(file)) {
            byte[] slab = new byte[SLAB];
            for (int read = in.read(slab); read >= 0; read = in.read(slab)) {
                split.write(slab, 0, read);
            }
            SplitOutcome outcome = split.finish();
            long size = outcome instanceof SplitOutcome.Split done ? done.size() : Files.size(file);
            report("split", size, start);
            System.out.printf(Locale.ROOT, "  processor %.2f s%n", (processor() - processor) / 1e9);
            return outcome;
        }
    }

    private static long processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static void read(String what, InputStream stream, long plain) throws IOException {
        long start = System.nanoTime();
        try (stream) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
        report(what, plain, start);
    }

    private static void report(String what, long bytes, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "  %-6s %6.1f MB of tar in %6.2f s: %6.1f MB/s; heap %d MiB%n",
                what,
                bytes / MEGA,
                seconds,
                bytes / MEGA / seconds,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private static void disk(Store store) {
        List<PackTable.Row> packs = store.catalog().read(tx -> tx.packs().list(0, 10_000));
        List<LayerTable.Row> layers = store.catalog().read(tx -> tx.layers().list(0, 10_000));
        long contents = store.catalog().<Long>read(tx -> tx.contents().count());
        System.out.printf(
                Locale.ROOT,
                "%d packs %.1f MB of %.1f MB raw; recipes %.2f MB, small contents %.2f MB raw; %d contents%n",
                packs.size(),
                packs.stream().mapToLong(PackTable.Row::size).sum() / MEGA,
                packs.stream().mapToLong(PackTable.Row::rawSize).sum() / MEGA,
                length(layers.stream().flatMap(layer -> layer.recipe().stream()).toList()) / MEGA,
                length(layers.stream().flatMap(layer -> layer.smalls().stream()).toList()) / MEGA,
                contents);
    }

    private static long length(List<Extent> extents) {
        return extents.stream().mapToLong(Extent::length).sum();
    }
}
