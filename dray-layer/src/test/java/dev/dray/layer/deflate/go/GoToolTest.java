package dev.dray.layer.deflate.go;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.seeds.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Against the Go that is installed, on samples that no file lists. `-Ddray.seed=N` repeats a run.
class GoToolTest {
    private static final Path PROGRAM = Path.of("src/test/go/flate-goldens");

    @Test
    void installedGoUpTo126GivesTheSameBytes() throws IOException, InterruptedException {
        requireGo();
        long seed = Seeds.of(GoToolTest.class);
        List<String> expected = go("run", "main.go", "random", Long.toString(seed), "150");
        assertThat(expected).hasSize(150);
        List<String> actual = new ArrayList<>();
        for (String line : expected) {
            actual.add(Golden.parse(line).line());
        }
        assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }

    private static void requireGo() throws InterruptedException {
        String version;
        try {
            version = go("version").getFirst();
        } catch (IOException e) {
            version = "no go";
        }
        boolean fits = version.matches("go version go1\\.(1[89]|2[0-6])(\\.\\d+)? .*");
        assertThat(fits || System.getenv("CI") == null)
                .as("CI needs Go 1.18 to 1.26 and has: %s", version)
                .isTrue();
        Assumptions.assumeTrue(fits, "needs Go 1.18 to 1.26 and has: " + version);
    }

    private static List<String> go(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("go"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(PROGRAM.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return output.lines().toList();
    }
}
