package dev.dray.layer.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The tools that make layers, as far as they are installed here. Those of Go are built from the modules of each
/// version.
final class RealTools implements AutoCloseable {
    private static final Path GO_SOURCES = Path.of("src/test/go/klauspost");
    private static final Path SERVERS = Path.of("src/test/tools/sweep");
    private static final List<Integer> GO_LEVELS = List.of(-2, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    private final List<EncoderProgram> programs = new ArrayList<>();
    private final List<Maker> makers = new ArrayList<>();

    /// @param goVersions of klauspost/compress, as `v1.20.4`, and of Go, as `go1.27.3`
    /// @param folder to build in
    RealTools(List<String> goVersions, Path folder) throws IOException, InterruptedException {
        zlib();
        piped();
        if (present("go")) {
            for (String version : goVersions) {
                go(version, Files.createDirectory(folder.resolve(version)));
            }
        }
    }

    /// All of them at all levels.
    List<Maker> makers() {
        return makers;
    }

    private static boolean present(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private EncoderProgram start(String... command) throws IOException {
        EncoderProgram program = new EncoderProgram(List.of(command));
        programs.add(program);
        return program;
    }

    private void zlib() throws IOException {
        if (present("python3")) {
            EncoderProgram python =
                    start("python3", SERVERS.resolve("zlib-server.py").toString());
            for (int level = 1; level <= 9; level++) { // how python feeds level 0 shows in its blocks
                for (int memory = 8; memory <= 9; memory++) {
                    makers.add(python.maker("python zlib %d memory %d".formatted(level, memory), level + " " + memory));
                }
            }
        }
        if (present("node")) {
            EncoderProgram node =
                    start("node", SERVERS.resolve("zlib-server.js").toString());
            for (int level = 1; level <= 9; level++) {
                makers.add(node.maker("node %d".formatted(level), level + " 8"));
            }
        }
    }

    private void piped() {
        for (int level = 1; level <= 9; level++) {
            if (present("gzip")) {
                pipe("gzip", "-n", "-" + level);
                pipe("gzip", "-n", "--rsyncable", "-" + level);
            }
            if (present("pigz")) {
                pipe("pigz", "-n", "-p", "1", "-" + level);
                pipe("pigz", "-n", "-p", "2", "-" + level);
                pipe("pigz", "-n", "-p", "2", "-i", "-" + level);
                pipe("pigz", "-n", "-p", "2", "-R", "-" + level);
                pipe("pigz", "-n", "-p", "2", "-b", "1024", "-" + level);
                pipe("pigz", "-n", "-p", "2", "-b", "1024", "-R", "-" + level);
            }
        }
        if (present("pigz")) {
            pipe("pigz", "-n", "-p", "1", "-0");
            pipe("pigz", "-n", "-p", "2", "-0");
        }
    }

    private void pipe(String... command) {
        makers.add(new PipedTool(String.join(" ", command), List.of(command)));
    }

    private void go(String version, Path folder) throws IOException, InterruptedException {
        boolean standard = version.startsWith("go");
        try (var files = Files.list(GO_SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        String modules = standard
                ? ""
                : "require github.com/klauspost/compress %s\nrequire github.com/klauspost/pgzip v1.2.6\n"
                        .formatted(version);
        Files.writeString(
                folder.resolve("go.mod"), "module sweep\n\ngo %s\n\n%s".formatted(standard ? "1.19" : "1.21", modules));
        List<String> command = new ArrayList<>(List.of("go", "build", "-mod=mod", "-o", "encoder"));
        ProcessBuilder build = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("build.log").toFile());
        if (standard) {
            command.add("-tags=standard");
            build.environment().put("GOTOOLCHAIN", version);
        }
        Process process = build.start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(
                    "go build of %s: %s".formatted(version, Files.readString(folder.resolve("build.log"))));
        }
        EncoderProgram program = start(folder.resolve("encoder").toString(), "-bytes");
        for (int level : GO_LEVELS) {
            makers.add(program.maker("%s gzip %d".formatted(version, level), "gzip %d 0".formatted(level)));
            if (!standard) {
                for (int block : new int[] {1 << 20, 256 << 10, 4 << 20}) {
                    makers.add(program.maker(
                            "%s pgzip %d block %d".formatted(version, level, block),
                            "pgzip-file %d %d".formatted(level, block)));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (EncoderProgram program : programs) {
            program.close();
        }
    }
}
