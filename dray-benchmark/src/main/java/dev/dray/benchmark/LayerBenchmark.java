package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressor;
import dev.dray.benchmark.stage.Compressors;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.LayerTar;
import dev.dray.benchmark.stage.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Measures rebuilding compressed layers, compared with the programs that made them, over one tar of a real root file
/// system.
///
/// The tar is the file named by `dray.bench.layer`, or is made from folders of this host. Rounds are interleaved. Our
/// encoders run alone, warm, on one thread, into a counting sink; the native ones as processes on one core.
final class LayerBenchmark {
    private static final long SIZE = 130L << 20;

    private final Path work;
    private final Path tar;
    private final byte[] plain;
    private final List<LayerBlob> blobs;
    private final LayerSpeed speed;
    private final LayerCost cost;

    private final Figures rebuild = new Figures();
    private final Figures workers = new Figures();
    private final Figures inflate = new Figures();
    private final Figures split = new Figures();
    private final Figures identify = new Figures();
    private final Figures sizes = new Figures();
    private final Figures layer = new Figures();
    private final Figures memory = new Figures();

    /// @param sources the folder of the Go programs
    LayerBenchmark(Path sources, Path work) throws IOException, InterruptedException {
        this.work = work;
        tar = tar();
        plain = Files.readAllBytes(tar);
        blobs = blobs(Compressors.find(sources, work));
        speed = new LayerSpeed(tar, plain, work);
        cost = new LayerCost(tar, plain, work);
    }

    private Path tar() throws IOException, InterruptedException {
        String given = System.getProperty("dray.bench.layer", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        Path made = work.resolve("layer.tar");
        LayerTar.make(made, SIZE);
        return made;
    }

    private List<LayerBlob> blobs(List<Compressor> compressors) throws IOException, InterruptedException {
        List<LayerBlob> proved = new ArrayList<>();
        for (Compressor compressor : compressors) {
            Path blob = work.resolve("layer-%d.gz".formatted(proved.size()));
            Timed.process(compressor.command(), tar, blob, work.resolve("times"));
            proved.add(LayerBlob.prove(compressor, blob, tar, plain));
            System.err.printf(
                    "exact: %s: %s%n",
                    compressor.name(), proved.getLast().recipe().encoder());
        }
        return proved;
    }

    String run(int rounds) throws IOException, InterruptedException {
        List<LayerBlob> divisible =
                blobs.stream().filter(blob -> blob.compressor().divisible()).toList();
        warmUp(divisible);
        for (int round = 0; round < rounds; round++) {
            measure(divisible);
            System.err.printf("round %d of %d%n", round + 1, rounds);
        }
        for (LayerBlob blob : blobs) {
            cost.recipe(blob, sizes);
            cost.memory(blob, memory);
        }
        cost.tarRecipe(divisible, layer);
        return tables();
    }

    /// Runs the code paths that the proofs did not run.
    private void warmUp(List<LayerBlob> divisible) throws IOException {
        Figures dropped = new Figures();
        for (LayerBlob blob : divisible) {
            speed.inflate(blob, dropped);
        }
        speed.split(dropped);
    }

    private void measure(List<LayerBlob> divisible) throws IOException, InterruptedException {
        for (LayerBlob blob : blobs) {
            speed.rebuild(blob, rebuild);
            cost.identify(blob, identify);
        }
        for (LayerBlob blob : divisible) {
            speed.workers(blob, workers);
            speed.inflate(blob, inflate);
        }
        speed.split(split);
    }

    private String tables() {
        return String.join(
                "\n",
                titled(
                        "Rebuild on one core: the encoder alone, warm, beside the whole native process",
                        rebuild.table(List.of(LayerSpeed.DRAY, LayerSpeed.NATIVE))),
                titled(
                        "Rebuild from file and recipe, all hashes checked",
                        workers.table(List.of(LayerSpeed.TWO, LayerSpeed.ONE))),
                titled("Inflate, plain bytes", inflate.table(List.of(LayerSpeed.DRAY, LayerSpeed.JDK))),
                titled(
                        "Split into contents and recipe, all hashes made",
                        split.table(List.of(LayerSpeed.DRAY, LayerSpeed.HASHES))),
                titled("Identification of a blob that was read, ms", identify.values(LayerCost.IDENTIFY)),
                titled("Compression recipe", sizes.values(LayerCost.RECIPE)),
                titled("Tar recipe", layer.values(List.of(LayerSpeed.DRAY))),
                titled("Memory", memory.values(LayerCost.MEMORY)));
    }

    private static String titled(String title, String table) {
        return title + ":\n\n" + table;
    }
}
