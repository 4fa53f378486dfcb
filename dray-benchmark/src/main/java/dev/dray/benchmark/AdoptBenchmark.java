package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressor;
import dev.dray.benchmark.stage.Compressors;
import dev.dray.benchmark.stage.Contender;
import dev.dray.benchmark.stage.DaemonPuller;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.LayerTar;
import dev.dray.benchmark.stage.Puller;
import dev.dray.benchmark.stage.RunningServer;
import dev.dray.benchmark.stage.Timed;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonNumber;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Measures how long `dray adopt check` takes to find the encoders of layers that Docker unpacked, without the
/// registry, compared with rebuilding the layers once with known encoders: five layers of 100 MB of tar and a single
/// one, compressed as Go does at level 6, and one by an unknown encoder.
final class AdoptBenchmark {
    private static final int LAYERS = 5;
    private static final long LAYER_SIZE = 100_000_000;
    private static final String GO = "Go 1.26 level 6";

    /// A level that no known tool uses.
    private static final String UNUSED_LEVEL = "3";

    private static final String SEARCHED = "encoder not known";
    private static final String AGAIN = "known, made once";
    private static final String FIVE = "five";
    private static final String ONE = "one";
    private static final String STRANGE = "strange";

    private final Path repository;
    private final Path work;
    private final Figures figures = new Figures();
    private final Figures strange = new Figures();
    private final Figures layers = new Figures();
    private final Map<Integer, String> encoders = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();

    AdoptBenchmark(Path repository, Path work) {
        this.repository = repository;
        this.work = work;
    }

    /// @param registry serves the images while Docker pulls them
    String run(Contender registry, int rounds) throws Exception {
        Path folder = Files.createDirectory(work.resolve("docker"));
        pull(registry, images(), folder);
        for (int round = 1; round <= rounds; round++) {
            for (String name : List.of(FIVE, ONE)) {
                Path store = work.resolve("store");
                check(folder, store, name, SEARCHED);
                check(folder, store, name, AGAIN);
                Main.remove(store);
            }
            System.err.printf("round %d of %d%n", round, rounds);
        }
        inVain(folder, "all but level 9", "--fast");
        inVain(folder, "all");
        return String.join(
                "\n",
                figures.table(List.of(SEARCHED, AGAIN)),
                layers.values(List.of("tar, MB", "tried", "searched, s", "made once more, s")),
                "All five: " + encoders.values().stream().distinct().toList() + "\n",
                strange.values(List.of("encoders", "seconds", "processor seconds")));
    }

    private Map<String, BenchImage> images() throws Exception {
        List<Path> tars = LayerTar.slices(work, LAYERS, LAYER_SIZE);
        Compressor usual = Compressors.find(Compressors.sources(repository), work).stream()
                .filter(found -> found.name().equals(GO))
                .findFirst()
                .orElseThrow(() -> new IOException("this needs Go"));
        List<String> words = new ArrayList<>(usual.command());
        words.set(words.size() - 1, UNUSED_LEVEL);
        Compressor unused = Compressor.of(STRANGE, words.toArray(String[]::new));
        BenchImage five = BenchImage.make(tars, usual, work);
        BenchImage one =
                new BenchImage(five.layers().subList(1, 2), five.diffIds().subList(1, 2));
        Path copy = work.resolve("strange.tar");
        Files.copy(tars.getFirst(), copy);
        return Map.of(FIVE, five, ONE, one, STRANGE, BenchImage.make(List.of(copy), unused, work));
    }

    private void pull(Contender registry, Map<String, BenchImage> images, Path folder) throws Exception {
        try (RunningServer server = RunningServer.start(registry, work.resolve("registry"));
                Puller docker = DaemonPuller.docker(folder)) {
            for (Map.Entry<String, BenchImage> image : images.entrySet()) {
                image.getValue().push(server.port(), RepositoryName.parse("bench/" + image.getKey()), new Tag("1"));
                String name = "127.0.0.1:%d/bench/%s:1".formatted(server.port(), image.getKey());
                docker.pull(name);
                names.put(image.getKey(), "docker-daemon:" + name);
            }
        }
    }

    private void check(Path docker, Path store, String name, String how) throws Exception {
        List<JsonObject> found = new ArrayList<>();
        Timed timed = check(docker, store, name, found);
        String image = name.equals(FIVE) ? "five layers of 100 MB" : "one layer of 100 MB";
        figures.add(image + ", s", how, timed.wall());
        figures.add(image + ", processor s", how, timed.cpu());
        for (int i = 0; i < found.size() && name.equals(FIVE); i++) {
            String layer = "layer %d of five".formatted(i + 1);
            JsonObject check = found.get(i);
            if (how.equals(SEARCHED)) {
                layers.add(layer, "tar, MB", number(check, "tarSize") / 1e6);
                layers.add(layer, "tried", number(check, "tried"));
                encoders.put(i, check.text("encoder").orElse("none"));
            }
            layers.add(layer, how.equals(SEARCHED) ? "searched, s" : "made once more, s", number(check, "seconds"));
        }
    }

    private void inVain(Path docker, String what, String... options) throws Exception {
        Path store = work.resolve("store");
        List<JsonObject> found = new ArrayList<>();
        Timed timed = check(docker, store, STRANGE, found, options);
        strange.add(what + ", in vain", "encoders", number(found.getFirst(), "tried"));
        strange.add(what + ", in vain", "seconds", timed.wall());
        strange.add(what + ", in vain", "processor seconds", timed.cpu());
        Main.remove(store);
    }

    private static double number(JsonObject check, String name) {
        if (check.members().get(name) instanceof JsonNumber(String literal)) {
            return Double.parseDouble(literal);
        }
        throw new IllegalArgumentException("no number \"%s\" in a check".formatted(name));
    }

    /// Runs the command on one of Docker's images; `found` receives its layers.
    private Timed check(Path docker, Path store, String name, List<JsonObject> found, String... options)
            throws Exception {
        Path output = work.resolve("checked");
        // an encoder that is not found is what is measured, and no failure
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "\"$@\" || [ $? -eq 1 ]",
                "sh",
                repository.resolve("dray").toString(),
                "adopt",
                "check",
                "--quiet",
                "--no-online",
                "--format=json",
                "--root=" + docker.resolve("root"),
                "--store=" + store));
        command.addAll(List.of(options));
        command.add(names.get(name));
        Timed timed = Timed.process(command, Path.of("/dev/null"), output, work.resolve("times"));
        for (String line : Files.readAllLines(output)) {
            found.add(Json.parseObject(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT, "a check"));
        }
        return timed;
    }
}
