package dev.dray.benchmark.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Finds the compressors of this host, and builds the Go programs. Skips and names unavailable ones.
public final class Compressors {
    private static final String GO = "Go 1.26 level 6";
    private static final String PYTHON = """
        import sys, zlib
        z = zlib.compressobj(int(sys.argv[1]), zlib.DEFLATED, 31)
        while data := sys.stdin.buffer.read(1 << 20):
            sys.stdout.buffer.write(z.compress(data))
        sys.stdout.buffer.write(z.flush())
        """;

    private final Path sources;
    private final Path work;
    private final List<Compressor> found = new ArrayList<>();

    /// @param sources the folder of the Go programs
    /// @param work a folder to build in
    private Compressors(Path sources, Path work) {
        this.sources = sources;
        this.work = work;
    }

    public static List<Compressor> find(Path sources, Path work) throws IOException, InterruptedException {
        Compressors compressors = new Compressors(sources, work);
        compressors.go();
        compressors.installed();
        return compressors.found;
    }

    /// The compressor of docker, BuildKit and containerd.
    public static Compressor go(Path repository, Path work) throws IOException, InterruptedException {
        return find(sources(repository), work).stream()
                .filter(found -> found.name().equals(GO))
                .findFirst()
                .orElseThrow(() -> new IOException("this needs Go"));
    }

    /// The folder of the Go programs.
    public static Path sources(Path repository) {
        return repository.resolve("dray-benchmark/src/main/go");
    }

    private void go() throws IOException, InterruptedException {
        build("standard", "go1.26.8").ifPresent(program -> {
            found.add(Compressor.divisible(GO, oneCore(program, 6)));
            found.add(Compressor.of("Go 1.26 level 1", oneCore(program, 1)));
        });
        build("pgzip", "local")
                .ifPresent(program -> found.add(Compressor.divisible("pgzip level 5", oneCore(program, 5))));
        build("standard", "go1.27.3")
                .ifPresent(program -> found.add(Compressor.of("Go 1.27 level 6", oneCore(program, 6))));
    }

    private void installed() throws IOException, InterruptedException {
        if (present("gzip")) {
            for (int level : new int[] {6, 1, 9}) {
                found.add(Compressor.of("gzip level " + level, "gzip", "-nc", "-" + level));
            }
        }
        if (present("python3")) {
            String python = Commands.answer("python3", "-c", "import sys; print(sys.executable)");
            found.add(Compressor.of("python zlib level 6", python, "-c", PYTHON, "6"));
        }
        if (present("pigz")) {
            found.add(Compressor.divisible("pigz level 6", "pigz", "-p1", "-nc", "-6"));
            found.add(Compressor.of("pigz level 9", "pigz", "-p1", "-nc", "-9"));
        }
    }

    private static String[] oneCore(Path program, int level) {
        return new String[] {"env", "GOMAXPROCS=1", program.toString(), Integer.toString(level)};
    }

    /// @param toolchain in the form of Go's environment variable
    private Optional<Path> build(String source, String toolchain) throws IOException, InterruptedException {
        if (!present("go")) {
            return Optional.empty();
        }
        Path program = work.resolve(source + "-" + toolchain);
        Path log = work.resolve("go-build.log");
        ProcessBuilder builder = new ProcessBuilder("go", "build", "-o", program.toString(), ".")
                .directory(sources.resolve(source).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GOTOOLCHAIN", toolchain);
        if (builder.start().waitFor() == 0) {
            return Optional.of(program);
        }
        System.err.printf("left out, cannot be built with %s: %s: %s%n", toolchain, source, Files.readString(log));
        return Optional.empty();
    }

    private static boolean present(String program) {
        boolean present = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!present) {
            System.err.println("left out, not installed: " + program);
        }
        return present;
    }
}
