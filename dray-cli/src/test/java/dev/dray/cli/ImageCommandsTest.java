package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import dev.dray.registry.server.EmbeddedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCommandsTest {
    @TempDir
    private Path home = Path.of("");

    private CommandHost host() {
        return new CommandHost(home).with("SOURCE_DATE_EPOCH", "1700000000");
    }

    private Ran succeed(String... arguments) {
        Ran ran = host().run(arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran;
    }

    private static JsonObject object(String line) {
        return Json.parseObject(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT, "result");
    }

    private void build(String name) throws IOException {
        succeed("import", host().tar().toString(), name);
    }

    @Test
    void importedImageIsListed() throws IOException {
        build("team/app:1");

        assertThat(succeed("images").out().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("REPOSITORY +TAG +IMAGE ID +CREATED +SIZE");
        assertThat(succeed("images", "-q").out().strip()).matches("[0-9a-f]{12}");
        assertThat(succeed("images", "team/app").out().lines()).hasSize(2);
        assertThat(succeed("images", "team/other").out().lines()).hasSize(1);
    }

    @Test
    void listAsJsonHasAnObjectForEachImage() throws IOException {
        build("team/app:1");

        JsonObject image = object(succeed("images", "--format", "json").out());

        assertThat(image.text("name")).contains("docker.io/team/app:1");
        assertThat(image.text("repository")).contains("docker.io/team/app");
        assertThat(image.text("tag")).contains("1");
        assertThat(image.text("created")).contains("2023-11-14T22:13:20Z");
        assertThat(image.text("id").orElse("")).startsWith("sha256:");
    }

    @Test
    void inspectSpeaksAsDockerDoes() throws IOException {
        build("team/app:1");

        byte[] out = succeed("inspect", "team/app:1").out().getBytes(StandardCharsets.UTF_8);

        JsonValue array = Json.parse(out, JsonLimits.DOCUMENT, "result");
        assertThat(array.elements()).hasSize(1);
        assertThat(succeed("inspect", "team/app:1").out())
                .contains("\"Id\"", "\"RepoTags\"", "\"RootFS\"", "\"Descriptor\"", "team/app:1");
    }

    @Test
    void rawManifestIsPrintedByteForByte() throws IOException {
        build("team/app:1");
        String digest = object(succeed("images", "--format", "json").out())
                .text("digest")
                .orElse("");

        byte[] raw = succeed("inspect", "--raw", "team/app:1").out().getBytes(StandardCharsets.UTF_8);

        assertThat(dev.dray.model.Digest.sha256(raw).toString()).isEqualTo(digest);
    }

    @Test
    void pushAsJsonCountsBlobs() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            String name = registry.address() + "/team/app:1";
            build(name);

            Ran ran = succeed("push", "--format", "json", name);

            JsonObject report = object(ran.out());
            assertThat(report.number("blobsUploaded")).hasValue(2);
            assertThat(report.number("blobsLinked")).hasValue(0);
            assertThat(report.array("tags")).hasSize(1);
            assertThat(ran.err()).contains("uploaded");
            assertThat(succeed("pull", "--format", "json", name).out()).contains("\"blobsFetched\":0");
        }
    }

    @Test
    void allTagsAndATagContradictEachOther() throws IOException {
        build("team/app:1");

        Ran ran = host().run("push", "-a", "team/app:1");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("--all-tags");
    }

    @Test
    void removedImageIsGone() throws IOException {
        build("team/app:1");
        succeed("tag", "team/app:1", "team/app:2", "other/app:1");

        assertThat(succeed("rmi", "team/app:1").out()).isEqualTo("Untagged: docker.io/team/app:1\n");
        assertThat(succeed("rmi", "team/app:2", "other/app:1").out()).contains("Deleted: sha256:");
        assertThat(succeed("images", "-q").out()).isEmpty();
    }

    @Test
    void verifySaysWhatItRead() throws IOException {
        build("team/app:1");

        assertThat(succeed("verify").out()).contains("1 images: 1 manifests, 2 blobs", "0 problems");
        assertThat(object(succeed("verify", "--format", "json").out()).array("findings"))
                .isEmpty();
    }

    @Test
    void folderIsNoTar() {
        Ran ran = host().run("import", home.toString(), "a");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("is a folder", home.toString()).doesNotContain("\tat ");
    }

    @Test
    void absentFileIsNamed() {
        assertThat(host().run("import", "/no/such.tar", "a").err()).contains("no such file: /no/such.tar");
    }

    @Test
    void timeThatIsNoneIsRefused() throws IOException {
        Ran ran = new CommandHost(home)
                .with("SOURCE_DATE_EPOCH", Long.toString(Long.MAX_VALUE))
                .run("import", host().tar().toString(), "a");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("SOURCE_DATE_EPOCH").doesNotContain("\tat ");
    }
}
