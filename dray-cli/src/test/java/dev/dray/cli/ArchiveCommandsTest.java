package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonObject;
import dev.dray.registry.server.EmbeddedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    private CommandHost host = new CommandHost(Path.of(""));
    private CommandHost other = new CommandHost(Path.of(""));

    @BeforeEach
    void makeAnImage() throws IOException {
        host = new CommandHost(Files.createDirectory(folder.resolve("home"))).with("SOURCE_DATE_EPOCH", "1700000000");
        other = new CommandHost(Files.createDirectory(folder.resolve("other")));
        succeed(host, "import", host.tar().toString(), "team/app:1");
    }

    private static Ran succeed(CommandHost host, String... arguments) {
        Ran ran = host.run(arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran;
    }

    private static JsonObject object(String line) {
        return Json.parseObject(line.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT, "result");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String digest(CommandHost where) {
        return object(succeed(where, "images", "--format", "json").out())
                .text("digest")
                .orElse("");
    }

    @Test
    void savedImageIsLoadedUnderItsName() {
        assertThat(succeed(host, "save", "-o", file("a.tar"), "team/app:1").out())
                .isEmpty();

        assertThat(succeed(other, "load", "-i", file("a.tar")).out()).isEqualTo("Loaded image: team/app:1\n");

        assertThat(digest(other)).isEqualTo(digest(host));
        assertThat(object(succeed(other, "load", "--format", "json", "-i", file("a.tar"))
                                .out())
                        .number("blobsTaken"))
                .hasValue(0);
    }

    @Test
    void layoutIsAFolderWhenTheNameIsOne() {
        succeed(host, "save", "--format", "oci", "-o", file("layout") + "/", "team/app:1");

        assertThat(folder.resolve("layout/index.json")).exists();
        assertThat(succeed(other, "load", "-i", file("layout")).out()).isEqualTo("Loaded image: team/app:1\n");
    }

    @Test
    void layoutIsATarWhenTheNameIsAFile() {
        succeed(host, "save", "--format", "oci", "-o", file("oci.tar"), "team/app:1");

        succeed(other, "copy", "oci-archive:" + file("oci.tar"), "store:team/copied:1");

        assertThat(digest(other)).isEqualTo(digest(host));
    }

    @Test
    void copySaysWhereTheImageIsAndWhatWasMoved() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            String target = registry.address() + "/team/app:1";

            Ran ran = succeed(host, "copy", "store:team/app:1", target);

            assertThat(ran.out()).isEqualTo("docker://%s: %s\n".formatted(target, digest(host)));
            assertThat(ran.err()).contains("copied: 2 of 2 blobs moved");
            JsonObject again =
                    object(succeed(host, "copy", "--format", "json", target, registry.address() + "/other/app:1")
                            .out());
            assertThat(again.number("blobsLinked")).hasValue(2);
            assertThat(again.number("bytesMoved")).hasValue(0);
        }
    }

    @Test
    void historyIsATableIdsOrJson() {
        assertThat(succeed(host, "history", "team/app:1").out().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches("IMAGE +CREATED +CREATED BY +SIZE +COMMENT");
        assertThat(succeed(host, "history", "-q", "team/app:1").out().strip()).matches("[0-9a-f]{12}");
        assertThat(succeed(host, "history", "-q", "--no-trunc", "team/app:1").out())
                .startsWith("sha256:");
        JsonObject step = object(
                succeed(host, "history", "--format", "json", "team/app:1").out());
        assertThat(step.text("createdBy")).contains("dray import");
        assertThat(step.number("size")).isPresent();
    }

    @Test
    void whatIsNoArchiveIsSaidSo() throws IOException {
        Ran tar = other.run("load", "-i", host.tar().toString());
        assertThat(tar.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(tar.err()).contains("no archive of images", "dray import").doesNotContain("\tat ");

        assertThat(other.run("load", "-i", "/no/such.tar").err()).contains("no such file: /no/such.tar");
    }

    @Test
    void absentImageIsNotSavedAndLeavesNoFile() {
        Ran ran = host.run("save", "-o", file("a.tar"), "team/absent:1");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("no image \"team/absent:1\"");
        assertThat(folder.resolve("a.tar")).doesNotExist();
    }

    @Test
    void unknownTransportNamesThoseThereAre() {
        Ran ran = host.run("copy", "store:team/app:1", "./layout");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("\".\" is not a host", "store:", "oci:", "docker-archive:");
    }

    @Test
    void missingArgumentsAreWrongUsage() {
        assertThat(host.run("copy", "team/app:1").status()).isEqualTo(ExitCode.USAGE);
        assertThat(host.run("save").status()).isEqualTo(ExitCode.USAGE);
        assertThat(host.run("history").status()).isEqualTo(ExitCode.USAGE);
    }
}
