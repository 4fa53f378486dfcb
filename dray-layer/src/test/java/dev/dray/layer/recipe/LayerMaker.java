package dev.dray.layer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A tool that compresses layers, as it is installed here.
///
/// @param command reads the tar and writes the blob; its first word is what must be installed
record LayerMaker(String name, List<String> command) {
    private static final Path GO_SOURCES = Path.of("src/test/go/layers");
    private static final String PYTHON = "import sys, zlib; c = zlib.compressobj(1, 8, 31); "
            + "[sys.stdout.buffer.write(c.compress(b)) for b in iter(lambda: sys.stdin.buffer.read(1 << 20), b'')]; "
            + "sys.stdout.buffer.write(c.flush())";

    /// Fast levels, since it is the bytes that count.
    static final List<LayerMaker> ALL = List.of(
            new LayerMaker("gzip -1", List.of("gzip", "-1")),
            new LayerMaker("pigz -1", List.of("pigz", "-1", "-p", "2")),
            new LayerMaker("python's zlib 1", List.of("python3", "-c", PYTHON)),
            new LayerMaker("Go's gzip 1", List.of("go", "gzip", "1")),
            new LayerMaker("pgzip 5", List.of("go", "pgzip", "5")));

    /// Lets the test go on only where the tools are; on a builder of ours they must be.
    void require() {
        for (String program : List.of("tar", command.getFirst())) {
            boolean present = Arrays.stream(
                            System.getenv().getOrDefault("PATH", "").split(":", -1))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            assertThat(present || System.getenv("CI") == null)
                    .as("%s is installed", program)
                    .isTrue();
            assumeTrue(present, () -> "%s is not installed, so no layer is made by %s".formatted(program, name));
        }
    }

    void compress(Path tar, Path blob) throws IOException, InterruptedException {
        List<String> words = command;
        if (command.getFirst().equals("go")) {
            Path program = blob.resolveSibling("layers").toAbsolutePath();
            run(new ProcessBuilder("go", "build", "-o", program.toString()).directory(GO_SOURCES.toFile()));
            words = List.of(program.toString(), command.get(1), command.get(2));
        }
        run(new ProcessBuilder(words).redirectInput(tar.toFile()).redirectOutput(blob.toFile()));
    }

    static void run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("%s failed".formatted(builder.command()));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
