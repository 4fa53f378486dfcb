package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressor;
import dev.dray.benchmark.stage.Compressors;
import dev.dray.benchmark.stage.Contender;
import dev.dray.benchmark.stage.DaemonPuller;
import dev.dray.benchmark.stage.DiskUse;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.LayerTar;
import dev.dray.benchmark.stage.Puller;
import dev.dray.benchmark.stage.RunningServer;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.testkit.Relay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One image of five layers of 100 MB of tar, compressed as Go does at level 6, pulled from CNCF's registry by Dray,
/// Docker and podman: wall time from the start of the command to its end, and the disk that is used after it, from
/// the same run.
final class PullBenchmark {
    private static final String GZIP = "gzip blobs";
    private static final int MEGABITS = 100;
    private static final int LAYERS = 5;
    private static final long LAYER_SIZE = 100_000_000;
    private static final String NAME = "bench/five";

    private final Path repository;
    private final Path work;
    private final Figures figures = new Figures();
    private final Map<String, Puller.Start> pullers = new LinkedHashMap<>();

    PullBenchmark(Path repository, Path work) {
        this.repository = repository;
        this.work = work;
        pullers.put("dray", folder -> Puller.dray(repository, folder));
        pullers.put("dray --later", folder -> Puller.dray(repository, folder, "--later"));
        pullers.put("docker overlay2", DaemonPuller::docker);
        pullers.put("podman overlay", Puller::podman);
    }

    /// @param registry serves the image
    String run(Contender registry, int rounds) throws Exception {
        List<Path> tars = LayerTar.slices(work, LAYERS, LAYER_SIZE);
        Compressor compressor = Compressors.go(repository, work);
        BenchImage image = BenchImage.make(tars, compressor, work);
        try (RunningServer server = RunningServer.start(registry, work.resolve("registry"))) {
            image.push(server.port(), RepositoryName.parse(NAME), new Tag("1"));
            for (int round = 1; round <= rounds; round++) {
                for (Map.Entry<String, Puller.Start> puller : pullers.entrySet()) {
                    round(puller, "loopback", server.port(), image);
                    try (Relay line = Relay.slow(server.port(), MEGABITS)) {
                        round(puller, MEGABITS + " Mbit/s", line.port(), image);
                    }
                    System.err.printf("round %d of %d: %s%n", round, rounds, puller.getKey());
                }
            }
        }
        return figures.table(
                Stream.concat(pullers.keySet().stream(), Stream.of(GZIP)).toList());
    }

    private void round(Map.Entry<String, Puller.Start> begun, String line, int port, BenchImage image)
            throws Exception {
        String who = begun.getKey();
        Path folder = Files.createDirectory(work.resolve("puller"));
        try (Puller puller = begun.getValue().in(folder)) {
            long start = System.nanoTime();
            puller.pull("127.0.0.1:%d/%s:1".formatted(port, NAME));
            figures.add("pulled over " + line + ", s", who, (System.nanoTime() - start) / 1e9);
            figures.add("disk after it, MB", who, DiskUse.megabytes(puller.kept()));
            figures.add("disk after it, MB", GZIP, image.size() / 1e6);
        } finally {
            Main.remove(folder);
        }
    }
}
