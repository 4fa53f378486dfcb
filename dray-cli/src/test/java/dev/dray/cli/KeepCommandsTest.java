package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.layer.tar.TarWriter;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonObject;
import dev.dray.registry.server.EmbeddedRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepCommandsTest {
    private static final int CONTENT = 200_000;

    @TempDir
    private Path home = Path.of("");

    private CommandHost host() {
        return new CommandHost(home);
    }

    private Ran succeed(String... arguments) {
        Ran ran = host().run(arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran;
    }

    private static JsonObject object(String line) {
        return Json.parseObject(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT, "result");
    }

    /// An image whose layer is large enough to be a file.
    private void build(String name) throws IOException {
        byte[] content = new byte[CONTENT];
        new Random(1).nextBytes(content);
        Path tar = home.resolve("large.tar");
        try (TarWriter writer = new TarWriter(Files.newOutputStream(tar), Instant.EPOCH)) {
            writer.file("content", 0644, CONTENT, new ByteArrayInputStream(content));
        }
        succeed("import", tar.toString(), name);
    }

    @Test
    void layersAreListedWithWhoMadeThemAndHowTheyAreKept() throws IOException {
        build("team/app:1");

        List<String> lines = succeed("layers", "ls").out().lines().toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .matches("DIGEST +LAYER +IMAGES +DIGESTS +ENCODER +KEPT AS +TAR +BLOB +ON DISK +SAVED +PROVABLE");
        assertThat(lines.getLast()).contains("team/app:1", "pgzip 1.18.2 level 5", "recipe", "proven just now");
        JsonObject layer = object(succeed("layers", "ls", "--format", "json").out());
        assertThat(layer.text("kept")).contains("recipe");
        assertThat(layer.text("diffId").orElse("")).startsWith("sha256:");
        assertThat(layer.array("digests")).hasSize(1);
    }

    @Test
    void rulesOfThePolicyAreSetShownAndTakenAway() {
        assertThat(succeed("layers", "policy", "show").out().lines())
                .last()
                .asString()
                .matches("all others +recipe");

        succeed("layers", "policy", "set", "quay.io/**", "--keep", "both", "--min-size", "1MB");
        succeed("layers", "policy", "set", "debian", "--keep", "blob", "--first");

        assertThat(succeed("layers", "policy", "show").out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("REPOSITORIES"),
                        line -> assertThat(line).matches("docker.io/library/debian +0 B +blob"),
                        line -> assertThat(line).matches("quay.io/\\*\\* +1.00 MB +both"),
                        line -> assertThat(line).matches("all others +recipe"));
        succeed("layers", "policy", "unset", "debian");
        assertThat(succeed("layers", "policy", "show", "--format", "json").out().lines())
                .hasSize(2);
        assertThat(host().run("layers", "policy", "unset", "debian").err()).contains("no rule for");
        assertThat(host().run("layers", "policy", "set", "localhost:5000/Team/**", "--keep", "both"))
                .satisfies(refused -> {
                    assertThat(refused.status()).isNotZero();
                    assertThat(refused.err()).contains("\"Team\"", "lower case");
                });
        assertThat(host().run("layers", "policy", "set", "a", "--keep", "all").err())
                .contains("recipe, blob or both");
    }

    @Test
    void conversionIsPlannedAndThenDone() throws IOException {
        build("team/app:1");

        assertThat(succeed("layers", "convert", "--all", "--keep", "blob", "--dry-run")
                        .out())
                .contains("rebuild the file");
        assertThat(succeed("layers", "ls").out()).contains("recipe");
        assertThat(succeed("layers", "convert", "--all", "--keep", "blob").out())
                .startsWith("kept: 1 as blob (");
        assertThat(succeed("layers", "convert", "team/app:1").out())
                .startsWith("kept: 1 as recipe (")
                .contains("saved");
        assertThat(host().run("layers", "convert").err()).contains("--all");
    }

    @Test
    void pullEndsWithALineThatSaysHowTheLayersAreKept() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            String name = registry.address() + "/team/app:1";
            build(name);
            succeed("push", name);
            CommandHost other = host().with("DRAY_STORE", home.resolve("other").toString());

            assertThat(other.run("pull", "--later", name).err().lines())
                    .last()
                    .asString()
                    .startsWith("kept: 1 as blob until `dray layers convert`");
            assertThat(other.run("pull", name).err().lines()).last().asString().startsWith("kept: 1 as recipe (");
            JsonObject report =
                    object(other.run("pull", "--format", "json", name).out());
            assertThat(report.object("kept").orElseThrow().array("layers")).hasSize(1);
            assertThat(other.run("layers", "inspect", name).out()).contains("seen at    " + registry.address());
        }
    }

    @Test
    void pinnedImageIsPinnedOnce() throws IOException {
        build("team/app:1");

        assertThat(succeed("layers", "pin", "team/app:1").out()).contains("pinned");
        assertThat(succeed("layers", "pin", "team/app:1").out()).contains("was pinned already");
        assertThat(succeed("layers", "ls").out()).contains("blob (pinned)");
        assertThat(succeed("layers", "unpin", "team/app:1").out()).contains("unpinned");
    }

    @Test
    void layerIsInspectedAndGivenToGosTools() throws IOException {
        build("team/app:1");
        String digest = object(succeed("layers", "ls", "--format", "json").out())
                .text("digest")
                .orElseThrow();
        Path file = home.resolve("tar-split.json.gz");

        assertThat(succeed("layers", "inspect", digest.substring(0, 16)).out())
                .contains("blob       " + digest, "recipe     pgzip 1.18.2 level 5", "contents   1 (200 kB)");
        succeed("layers", "inspect", "team/app:1", "--tar-split", file.toString());
        assertThat(Files.readAllBytes(file)).startsWith(0x1f, 0x8b);
    }

    @Test
    void verifyReportsTheRebuiltLayers() throws IOException {
        build("team/app:1");

        assertThat(succeed("layers", "verify", "--all").out())
                .startsWith("1 layer checked, 1 of them verified (")
                .contains("0 problems");
        assertThat(object(succeed("layers", "verify", "--sample", "1", "--format", "json")
                                .out())
                        .number("layers"))
                .hasValue(1);
        assertThat(host().run("layers", "verify").status()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void diskIsToldByImageRepositoryAndSort() throws IOException {
        build("team/app:1");

        assertThat(succeed("df").out())
                .contains("IMAGE", "REPOSITORY", "blobs rebuilt on demand", "contents in 1 pack")
                .endsWith("in all, 0 B reclaimable by dray prune\n");
        List<String> lines = succeed("df", "--format", "json").out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(object(lines.getLast()).object("contents").orElseThrow().number("count"))
                .hasValue(1);
        assertThat(object(lines.getLast()).object("reclaimable"))
                .contains(
                        object(succeed("prune", "--dry-run", "--format", "json").out()));
    }
}
