package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressors;
import dev.dray.benchmark.stage.Contender;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the benchmarks and prints their tables in Markdown: `make bench`, or some of them with `make bench
/// WHAT="registry memory sizes startup layers pull nightly rebuild disk adopt"`. Skips and names peers that are not
/// installed.
public final class Main {
    private static final String BASE = "registry 3.1";
    private static final String OLD = "docker-registry 2.8";

    private static final String ALL = "registry memory sizes startup layers pull nightly rebuild disk adopt";

    private final Path repository;
    private final Path work;
    private final int rounds;

    private Main(Path repository, Path work, int rounds) {
        this.repository = repository;
        this.work = work;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(System.getProperty("dray.bench.folder", "/tmp/dray-bench"));
        Files.createDirectories(work);
        Main main = new Main(
                Path.of(System.getProperty("dray.repository", "."))
                        .toAbsolutePath()
                        .normalize(),
                work,
                Integer.getInteger("dray.bench.rounds", 5));
        List<String> wanted = List.of(System.getProperty("dray.bench.what", ALL).split(" "));
        for (String what : wanted) {
            System.out.println("## " + what + "\n");
            System.out.println(main.run(what));
        }
    }

    private String run(String what) throws Exception {
        return switch (what) {
            case "registry" -> registry();
            case "memory" -> memory();
            case "sizes" -> sizes();
            case "startup" -> in(what, this::startUp);
            case "layers" ->
                in(what, folder -> new LayerBenchmark(Compressors.sources(repository), folder).run(rounds));
            case "pull" -> in(what, folder -> new PullBenchmark(repository, folder).run(base(), rounds));
            case "nightly" -> in(what, folder -> new NightlyBenchmark(repository, folder).run(base()));
            case "rebuild" -> in(what, folder -> new RebuildBenchmark(repository, folder).run(base(), rounds));
            case "disk" -> in(what, folder -> new DiskBenchmark(repository, folder).run(base()));
            case "adopt" -> in(what, folder -> new AdoptBenchmark(repository, folder).run(base(), rounds));
            default -> throw new IllegalArgumentException("no benchmark \"%s\"".formatted(what));
        };
    }

    private List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>(List.of(Contender.dray(repository)));
        Path base = Path.of(System.getProperty("user.home"), ".cache/dray-peers/bin/registry");
        Path old = Path.of("/usr/bin/docker-registry");
        add(contenders, BASE, base);
        add(contenders, OLD, old);
        return contenders;
    }

    private static void add(List<Contender> contenders, String name, Path program) {
        if (Files.isExecutable(program)) {
            contenders.add(Contender.distribution(name, program));
        } else {
            System.err.println("left out, not installed: " + name);
        }
    }

    private String registry() throws Exception {
        Path payload = payload(1L << 30);
        Figures figures = new Figures();
        for (int round = 0; round < rounds; round++) {
            for (Contender contender : contenders()) {
                Path folder = work.resolve("registry");
                try (RunningServer server = RunningServer.start(contender, folder)) {
                    new RegistryBenchmark(payload, figures).run(contender.name(), server);
                } finally {
                    remove(folder);
                }
                System.err.printf("round %d of %d: %s%n", round + 1, rounds, contender.name());
            }
        }
        return figures.table(contenders().stream().map(Contender::name).toList());
    }

    private String memory() throws Exception {
        Path payload = payload(1L << 30);
        Figures figures = new Figures();
        for (Contender contender : contenders()) {
            Path folder = work.resolve("memory");
            try (RunningServer server = RunningServer.start(contender, folder)) {
                figures.add("at rest after the start, MiB", contender.name(), server.residentMebibytes());
                new RegistryBenchmark(payload, figures).memory(contender.name(), server);
            } finally {
                remove(folder);
            }
        }
        return figures.table(contenders().stream().map(Contender::name).toList());
    }

    private String sizes() throws Exception {
        Path payload = payload(4L << 30);
        Figures figures = new Figures();
        Path folder = work.resolve("sizes");
        try (RunningServer server = RunningServer.start(Contender.dray(repository), folder)) {
            new LayerSizeBenchmark(payload, new Figures()).run(server, 0);
            for (int round = 1; round <= Math.min(3, rounds); round++) {
                new LayerSizeBenchmark(payload, figures).run(server, round);
            }
        } finally {
            remove(folder);
        }
        return figures.table(List.of("dray"));
    }

    private String startUp(Path folder) throws Exception {
        Figures figures = new Figures();
        new StartUpBenchmark(repository, figures).run(folder);
        return figures.table(List.of("dray", "empty Java program"));
    }

    /// A benchmark that works in its own folder.
    private interface InFolder {
        String run(Path folder) throws Exception;
    }

    private String in(String name, InFolder benchmark) throws Exception {
        Path folder = Files.createDirectories(work.resolve(name));
        try {
            return benchmark.run(folder);
        } finally {
            remove(folder);
        }
    }

    private Contender base() throws IOException {
        return contenders().stream()
                .filter(contender -> contender.name().equals(BASE))
                .findFirst()
                .orElseThrow(() -> new IOException("this needs " + BASE));
    }

    private Path payload(long size) throws Exception {
        Path payload = work.resolve("payload-" + (size >> 20));
        RegistryBenchmark.makePayload(payload, size);
        return payload;
    }

    static void remove(Path folder) throws Exception {
        if (Files.exists(folder)) {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        }
    }
}
