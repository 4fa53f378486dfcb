package dev.dray.cli.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandRunner;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.output.Terminal;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void makeLayer() throws Exception {
        byte[] plain = new byte[100_000];
        Random random = new Random(3);
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) ('a' + random.nextInt(9));
        }
        try (OutputStream layer = new GZIPOutputStream(Files.newOutputStream(path("layer.gz")))) {
            layer.write(plain);
        }
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(stream(out), stream(err), false, 100);
        return new CommandRunner(terminal, Map.of("HOME", folder.toString())).run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void censusPrintsATableWithTotals() {
        assertThat(run("layers", "census", "--prove", path("layer.gz").toString()))
                .isZero();
        assertThat(said()).contains("SOURCE").contains("zlib").contains("exact").contains("1 blobs");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("1/1");
    }

    @Test
    void censusPrintsOneObjectALine() {
        run(
                "layers",
                "census",
                "--format",
                "json",
                path("layer.gz").toString(),
                path("layer.gz").toString());
        assertThat(said().lines()).hasSize(2).allSatisfy(line -> {
            JsonObject row = Json.parseObject(line.getBytes(StandardCharsets.UTF_8), JsonLimits.MESSAGE, "row");
            assertThat(row.members().keySet())
                    .containsExactly(
                            "source",
                            "digest",
                            "size",
                            "mediaType",
                            "encoder",
                            "era",
                            "level",
                            "outcome",
                            "recipeBytes",
                            "tarRecipeBytes",
                            "contentReferences",
                            "seconds",
                            "reason");
            assertThat(row.text("outcome")).contains("likely");
        });
    }

    @Test
    void whatIsSplitIsRebuilt() {
        assertThat(run(
                        "layers",
                        "split",
                        path("layer.gz").toString(),
                        "--to",
                        path("parts").toString()))
                .isZero();
        assertThat(run(
                        "layers",
                        "rebuild",
                        path("parts").toString(),
                        "-o",
                        path("again.gz").toString()))
                .isZero();
        assertThat(said()).startsWith("sha256:");
        assertThat(path("again.gz")).hasSameBinaryContentAs(path("layer.gz"));
    }

    @Test
    void anAbsentFileIsNamed() {
        assertThat(run("layers", "census", path("absent").toString())).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("absent");
    }

    @Test
    void withoutASubcommandTheUsageIsShown() {
        assertThat(run("layers")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("census").contains("rebuild");
    }
}
