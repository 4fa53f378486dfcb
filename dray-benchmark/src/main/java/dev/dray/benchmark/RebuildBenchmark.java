package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressor;
import dev.dray.benchmark.stage.Compressors;
import dev.dray.benchmark.stage.Contender;
import dev.dray.benchmark.stage.DrayStore;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.LayerTar;
import dev.dray.benchmark.stage.RunningServer;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// GETs of blobs without a file, which the server rebuilds: `dray serve` on the store of an engine that pulled one
/// layer of 100 MB of tar, compressed by several compressors.
final class RebuildBenchmark {
    private static final long LAYER_SIZE = 100_000_000;
    private static final int PARALLEL = 4;
    private static final Set<String> COMPRESSORS = Set.of(
            "Go 1.26 level 6",
            "Go 1.27 level 6",
            "pgzip level 5",
            "pigz level 6",
            "gzip level 6",
            "python zlib level 6");

    private final Path repository;
    private final Path work;
    private final List<RebuiltGet> gets = new ArrayList<>();
    private final Figures latency = new Figures();
    private final Figures speed = new Figures();
    private final Figures processors = new Figures();
    private final Figures memory = new Figures();

    RebuildBenchmark(Path repository, Path work) {
        this.repository = repository;
        this.work = work;
    }

    /// @param registry serves the images that are pulled
    String run(Contender registry, int rounds) throws Exception {
        Path tar = LayerTar.slices(work, 1, LAYER_SIZE).getFirst();
        List<LayerBlob> blobs = new ArrayList<>();
        Path store = work.resolve("store");
        try (RunningServer server = RunningServer.start(registry, work.resolve("registry"))) {
            for (Compressor compressor : Compressors.find(Compressors.sources(repository), work)) {
                if (COMPRESSORS.contains(compressor.name())) {
                    blobs.add(pulled(compressor, tar, server.port(), store));
                }
            }
        }
        List<Path> left = new DrayStore(repository, store).blobFiles();
        if (!left.isEmpty()) {
            throw new IOException("kept as files: " + left);
        }
        for (int round = 1; round <= rounds; round++) {
            for (RebuiltGet get : gets) {
                get.cold(latency);
                get.warm(latency, speed, processors);
            }
            RebuiltGet.memory(gets, 1, memory);
            RebuiltGet.memory(gets, Math.min(PARALLEL, gets.size()), memory);
            System.err.printf("round %d of %d%n", round, rounds);
        }
        return tables(tar, blobs, rounds);
    }

    private LayerBlob pulled(Compressor compressor, Path tar, int port, Path store) throws Exception {
        String name = "bench/" + compressor.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        BenchImage image = BenchImage.make(List.of(tar), compressor, work);
        image.push(port, RepositoryName.parse(name), new Tag("1"));
        String host = "127.0.0.1:" + port;
        new DrayStore(repository, store).run("pull", "--quiet", host + "/" + name + ":1");
        String target = "/v2/%s/blobs/%s?ns=%s"
                .formatted(name, image.layers().getFirst().digest(), host.replace(":", "%3A"));
        gets.add(new RebuiltGet(
                compressor.name(), Contender.mirror(repository, store), work, target, image.size(), Files.size(tar)));
        Path blob = Files.move(image.layers().getFirst().path(), work.resolve("blob-%d.gz".formatted(gets.size())));
        System.err.printf("pulled as recipe: %s%n", compressor.name());
        return LayerBlob.prove(compressor, blob, tar, Files.readAllBytes(tar));
    }

    private String tables(Path tar, List<LayerBlob> blobs, int rounds) throws Exception {
        LayerSpeed own = new LayerSpeed(tar, Files.readAllBytes(tar), work);
        for (int round = 0; round < rounds; round++) {
            for (LayerBlob blob : blobs) {
                own.workers(blob, speed);
            }
        }
        return "First byte of a GET, ms:\n\n" + latency.values(RebuiltGet.LATENCY)
                + "\nThe whole blob, beside the encoder over a plain file in a warm process:\n\n"
                + speed.table(List.of(RebuiltGet.GET, LayerSpeed.TWO, LayerSpeed.ONE))
                + "\n" + processors.values(RebuiltGet.PROCESSORS)
                + "\nResident memory of the server, MiB:\n\n"
                + memory.values(RebuiltGet.MEMORY);
    }
}
