package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressor;
import dev.dray.benchmark.stage.Compressors;
import dev.dray.benchmark.stage.Contender;
import dev.dray.benchmark.stage.DiskUse;
import dev.dray.benchmark.stage.DrayStore;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.Puller;
import dev.dray.benchmark.stage.RunningServer;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Dray and other engines pull ten nightly versions of one image, with a layer compressed as Go does at level 6, one
/// after the other; measures the disk space of each after each night. Dray's store must reproduce every blob.
final class NightlyBenchmark {
    private static final String GZIP = "gzip blobs";
    private static final String REGISTRY = "registry";
    private static final String NAME = "bench/nightly";

    private final Path repository;
    private final Path work;
    private final Figures disk = new Figures();
    private final Figures time = new Figures();
    private final Figures catalog = new Figures();
    private String verified = "";

    NightlyBenchmark(Path repository, Path work) {
        this.repository = repository;
        this.work = work;
    }

    /// @param registry serves the images
    String run(Contender registry) throws Exception {
        Path folder = work.resolve("registry");
        Map<String, Puller.Start> engines = Puller.engines(repository);
        try (RunningServer server = RunningServer.start(registry, folder)) {
            publish(server.port(), folder);
            for (Map.Entry<String, Puller.Start> engine : engines.entrySet()) {
                follow(engine.getKey(), engine.getValue(), server.port());
            }
        }
        List<String> who = Stream.concat(engines.keySet().stream(), Stream.of(REGISTRY, GZIP))
                .toList();
        return "Disk after each night, MB:\n\n" + disk.values(who) + "\nPulls:\n\n"
                + time.values(List.copyOf(engines.keySet())) + "\n" + verified + "\nCatalog:\n\n"
                + catalog.values(List.of(DrayStore.CATALOG));
    }

    private void publish(int port, Path folder) throws Exception {
        Compressor compressor = Compressors.go(repository, work);
        double blobs = 0;
        int night = 0;
        for (Path tar : Nights.tars(repository, work)) {
            BenchImage image = BenchImage.make(List.of(tar), compressor, work);
            image.push(port, RepositoryName.parse(NAME), tag(night));
            blobs += image.size() / 1e6;
            disk.add(row(night), GZIP, blobs);
            disk.add(row(night), REGISTRY, DiskUse.megabytes(folder.resolve("data")));
            System.err.printf("pushed %s%n", row(night));
            night++;
        }
    }

    private static Tag tag(int night) {
        return new Tag("night-" + night);
    }

    private static String row(int night) {
        return "night " + night;
    }

    private void follow(String who, Puller.Start start, int port) throws Exception {
        Path folder = Files.createDirectory(work.resolve("puller"));
        try (Puller puller = start.in(folder)) {
            for (int night = 0; night < Nights.COUNT; night++) {
                long begin = System.nanoTime();
                puller.pull("127.0.0.1:%d/%s:%s".formatted(port, NAME, tag(night)));
                time.add(night == 0 ? "first night, s" : "a later night, median, s", who, seconds(begin));
                disk.add(row(night), who, DiskUse.megabytes(puller.kept()));
            }
            if (who.equals("dray")) {
                check(puller.kept());
            }
            System.err.printf("pulled by %s%n", who);
        } finally {
            Main.remove(folder);
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /// Fails unless every blob is rebuilt exactly.
    private void check(Path store) throws Exception {
        DrayStore dray = new DrayStore(repository, store);
        long begin = System.nanoTime();
        String said = dray.run("layers", "verify", "--all", "--quiet");
        verified = "`dray layers verify --all`, %.0f s: %s%n".formatted(seconds(begin), said);
        dray.catalog(store.resolveSibling("empty"), catalog);
    }
}
