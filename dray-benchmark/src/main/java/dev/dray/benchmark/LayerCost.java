package dev.dray.benchmark;

import com.sun.management.ThreadMXBean;
import dev.dray.benchmark.stage.CountingSink;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.LayerTar;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.recipe.GzipRecipe;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Measures costs that are not rates: time of identification, size of recipes, memory of a worker.
final class LayerCost {
    /// Columns of [#identify].
    static final List<String> IDENTIFY = List.of("warm, ms", "first of a process, ms");
    /// Columns of [#recipe].
    static final List<String> RECIPE =
            List.of("recipe without segments, bytes", "segment table, bytes", "segment table, % of the blob");
    /// Columns of [#memory].
    static final List<String> MEMORY =
            List.of("allocated by one encoder over 1 MiB, MiB", "rebuilt by two workers in a heap of 64 MiB, MB");

    private static final List<String> SMALL_HEAP = List.of("-Xmx64m", "-XX:+UseSerialGC");

    private final Path tar;
    private final byte[] plain;
    private final Path work;

    LayerCost(Path tar, byte[] plain, Path work) {
        this.tar = tar;
        this.plain = plain;
        this.work = work;
    }

    /// The time in milliseconds for a scanned blob.
    void identify(LayerBlob blob, Figures figures) throws IOException, InterruptedException {
        figures.add(blob.name(), IDENTIFY.getFirst(), LayerProbe.identify(blob.scan(), blob.file(), tar));
        figures.add(
                blob.name(),
                IDENTIFY.getLast(),
                LayerProbe.inProcess(List.of("-XX:+UseSerialGC"), "identify", blob.file(), tar));
    }

    void recipe(LayerBlob blob, Figures figures) {
        GzipRecipe recipe = blob.recipe();
        double whole = recipe.toBytes().size();
        double bare = new GzipRecipe(
                        recipe.digest(),
                        recipe.size(),
                        recipe.plainSize(),
                        recipe.members(),
                        recipe.trailing(),
                        List.of())
                .toBytes()
                .size();
        figures.add(blob.name(), RECIPE.get(0), bare);
        figures.add(blob.name(), RECIPE.get(1), whole - bare);
        figures.add(blob.name(), RECIPE.get(2), 100 * (whole - bare) / recipe.size());
    }

    /// @param blobs the tar recipe's share is computed from their recipes
    void tarRecipe(List<LayerBlob> blobs, Figures figures) throws IOException, InterruptedException {
        ByteArrayOutputStream recipe = new ByteArrayOutputStream();
        TarSummary summary = TarSplitter.split(new ByteArrayInputStream(plain), ContentSink.NONE, recipe);
        long references =
                summary.references() * Digest.Algorithm.SHA256.hasher().getDigestLength();
        long entries = LayerTar.entries(tar);
        figures.add("tar, bytes", "dray", (double) plain.length);
        figures.add("tar entries", "dray", (double) entries);
        figures.add("content references", "dray", (double) summary.references());
        figures.add("tar recipe with references, bytes", "dray", recipe.size());
        figures.add(
                "tar recipe beside references, bytes an entry",
                "dray",
                (recipe.size() - references) / (double) entries);
        for (LayerBlob blob : blobs) {
            double all = blob.recipe().toBytes().size() + recipe.size();
            figures.add(
                    "both recipes, %% of the blob of %s".formatted(blob.name()),
                    "dray",
                    100 * all / blob.recipe().size());
        }
    }

    /// The heap that creating an encoder and encoding 1 MiB allocates, including garbage; then two workers rebuild
    /// the whole blob in a heap of 64 MiB, which must suffice.
    void memory(LayerBlob blob, Figures figures) throws IOException, InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Encoding encoding = blob.encoding();
        CountingSink sink = new CountingSink();
        long before = threads.getCurrentThreadAllocatedBytes();
        PlainEncoder.encode(encoding, plain, Math.min(plain.length, 1 << 20), sink);
        double allocated = threads.getCurrentThreadAllocatedBytes() - before;
        figures.add(blob.name(), MEMORY.getFirst(), allocated / (1 << 20));
        Path recipe = work.resolve("recipe");
        Files.write(recipe, blob.recipe().toBytes().toByteArray());
        double rebuilt = LayerProbe.inProcess(SMALL_HEAP, "rebuild", recipe, tar, 2);
        figures.add(blob.name(), MEMORY.getLast(), rebuilt / 1e6);
    }
}
