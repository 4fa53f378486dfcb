package dev.dray.layer.tarsplit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Runs Go's tar-split (`src/test/go/tarsplit`) over archives.
///
/// Without the `go` command a test is skipped by name, and fails where the environment variable `CI` is set.
final class GoTarSplit {
    private static final Path PROGRAM = Path.of("src/test/go/tarsplit");
    private static final long MINUTES = 5;

    /// What Go made of an archive.
    ///
    /// @param tarSplit what it takes the archive apart to, empty when it refuses
    /// @param assembled what it assembles of that, empty when it fails
    /// @param assembledOurs what it assembles of ours, empty when it fails or there was none
    record Outcome(Optional<byte[]> tarSplit, Optional<byte[]> assembled, Optional<byte[]> assembledOurs) {}

    private GoTarSplit() {}

    /// @param ours our tar-split of each archive, empty when we refused it
    static List<Outcome> run(List<byte[]> archives, List<Optional<byte[]>> ours, Path folder)
            throws IOException, InterruptedException {
        Path program = build(folder);
        Path cases = Files.createDirectory(folder.resolve("cases"));
        for (int i = 0; i < archives.size(); i++) {
            Files.write(cases.resolve(i + ".tar"), archives.get(i));
            if (ours.get(i).isPresent()) {
                Files.write(cases.resolve(i + ".dray.json.gz"), ours.get(i).get());
            }
        }
        execute(folder, program.toString(), cases.toString());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < archives.size(); i++) {
            outcomes.add(new Outcome(
                    read(cases.resolve(i + ".go.json.gz")),
                    read(cases.resolve(i + ".go.assembled")),
                    read(cases.resolve(i + ".dray.assembled"))));
        }
        return outcomes;
    }

    private static Path build(Path folder) throws IOException, InterruptedException {
        Path program = folder.toAbsolutePath().resolve("tarsplit");
        try {
            execute(PROGRAM, "go", "build", "-o", program.toString(), ".");
        } catch (IOException e) {
            if (System.getenv("CI") != null) {
                Assertions.fail("the go command is needed to compare with Go's tar-split", e);
            }
            Assumptions.abort("comparison with Go's tar-split skipped: there is no go command");
        }
        return program;
    }

    private static void execute(Path folder, String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("tarsplit", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                Assertions.fail(command[0] + " did not end");
            }
            Assertions.assertEquals(0, process.exitValue(), () -> command[0] + ": " + text(log));
        } finally {
            Files.delete(log);
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }
}
