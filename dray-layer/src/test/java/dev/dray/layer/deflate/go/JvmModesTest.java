package dev.dray.layer.deflate.go;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The interpreter and both compilers give the same bytes.
class JvmModesTest {
    private static final int LARGEST = 200_000;

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
    void everyModeOfTheJvmGivesTheBytesOfGo(String mode) throws IOException, InterruptedException {
        String expected = goldens().stream().map(Golden::expected).reduce("", (a, b) -> a + b + "\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        mode,
                        "-cp",
                        System.getProperty("java.class.path"),
                        JvmModesTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output).isEqualTo(expected);
    }

    /// Run in the other process.
    public static void main(String[] arguments) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Golden golden : goldens()) {
            lines.append(golden.line()).append('\n');
        }
        System.out.print(lines);
    }

    private static List<Golden> goldens() throws IOException {
        List<Golden> some = new ArrayList<>();
        for (Golden golden : Golden.all()) {
            if (golden.sample().size() <= LARGEST && golden.sample().kind().equals("mixed")) {
                some.add(golden);
            }
        }
        return some;
    }
}
