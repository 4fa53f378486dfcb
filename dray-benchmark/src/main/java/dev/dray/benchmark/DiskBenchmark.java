package dev.dray.benchmark;

import dev.dray.benchmark.stage.Commands;
import dev.dray.benchmark.stage.Compressor;
import dev.dray.benchmark.stage.Compressors;
import dev.dray.benchmark.stage.Contender;
import dev.dray.benchmark.stage.DiskUse;
import dev.dray.benchmark.stage.DrayStore;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.LayerTar;
import dev.dray.benchmark.stage.Puller;
import dev.dray.benchmark.stage.RunningServer;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Measures the disk space of three images over one base: in Dray's store, in Dray's store plus one of them unpacked as
/// for a container, and in engines that keep layers unpacked.
///
/// The base is a root of debootstrap, the other layers are files of this host, all compressed as Go does at level 6.
final class DiskBenchmark {
    private static final String GZIP = "gzip blobs";
    private static final String UNPACKED = "dray and one unpacked root";
    private static final String DISK = "disk, MB";
    private static final long LAYER_SIZE = 100_000_000;
    private static final List<String> NAMES = List.of("base", "app", "job");

    private final Path repository;
    private final Path work;
    private final Figures figures = new Figures();
    private final Figures catalog = new Figures();

    DiskBenchmark(Path repository, Path work) {
        this.repository = repository;
        this.work = work;
    }

    /// @param registry serves the images
    String run(Contender registry) throws Exception {
        Map<String, Puller.Start> engines = Puller.engines(repository);
        try (RunningServer server = RunningServer.start(registry, work.resolve("registry"))) {
            publish(server.port());
            for (Map.Entry<String, Puller.Start> engine : engines.entrySet()) {
                pull(engine.getKey(), engine.getValue(), server.port());
            }
        }
        List<String> who = Stream.concat(
                        Stream.of("dray", UNPACKED),
                        Stream.concat(engines.keySet().stream().skip(1), Stream.of(GZIP)))
                .toList();
        return figures.values(who) + "\n" + catalog.values(List.of(DrayStore.CATALOG));
    }

    private void publish(int port) throws Exception {
        Compressor compressor = Compressors.go(repository, work);
        List<Path> tars = new ArrayList<>(List.of(Nights.tars(repository, work).getFirst()));
        tars.addAll(LayerTar.slices(work, NAMES.size() - 1, LAYER_SIZE));
        BenchImage all = BenchImage.make(tars, compressor, work);
        for (int i = 0; i < NAMES.size(); i++) {
            List<Integer> layers = i == 0 ? List.of(0) : List.of(0, i);
            all.of(layers).push(port, RepositoryName.parse("bench/" + NAMES.get(i)), new Tag("1"));
        }
        figures.add(DISK, GZIP, all.size() / 1e6);
    }

    private void pull(String who, Puller.Start start, int port) throws Exception {
        Path folder = Files.createDirectory(work.resolve("puller"));
        try (Puller puller = start.in(folder)) {
            for (String name : NAMES) {
                puller.pull("127.0.0.1:%d/bench/%s:1".formatted(port, name));
            }
            double kept = DiskUse.megabytes(puller.kept());
            figures.add(DISK, who, kept);
            if (who.equals("dray")) {
                DrayStore store = new DrayStore(repository, puller.kept());
                figures.add(DISK, UNPACKED, kept + unpacked(store, "127.0.0.1:%d/bench/app:1".formatted(port)));
                store.catalog(folder.resolve("empty"), catalog);
            }
        } finally {
            Main.remove(folder);
        }
    }

    /// The space of a container root, unpacked from the store's blobs.
    private double unpacked(DrayStore store, String image) throws Exception {
        Path layout = work.resolve("layout");
        Path bundle = work.resolve("bundle");
        try {
            store.run("copy", "--quiet", image, "oci:" + layout + ":app");
            Commands.answer("umoci", "unpack", "--image", layout + ":app", bundle.toString());
            return DiskUse.megabytes(bundle.resolve("rootfs"));
        } finally {
            Main.remove(layout);
            Main.remove(bundle);
        }
    }
}
