package dev.dray.acceptance.archives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Exchanges archives with Docker Engine.
@NeedsPeer(
        value = {Peer.DOCKERD, Peer.DOCKER},
        asRoot = true)
class DockerArchiveTest {
    private static final String APP = "localhost:5000/team/app:1";
    private static final String OTHER = "team/other:2";

    @TempDir
    static Path folder;

    private static DockerDaemon daemon;
    private static Images here;

    @BeforeAll
    static void start() throws Exception {
        daemon = DockerDaemon.start(folder);
        here = Images.of(folder.resolve("home")).with(APP).with(OTHER);
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    private static Program docker() {
        return daemon.docker("ann");
    }

    private static Path load() {
        Path archive = folder.resolve("ours.tar");
        here.dray().run("save", "-o", archive.toString(), APP, OTHER).succeeded();
        Outcome loaded = docker().run("load", "-i", archive.toString()).succeeded();
        assertThat(loaded.output()).contains("Loaded image: " + APP, "Loaded image: " + OTHER);
        return archive;
    }

    private static String id(String name) {
        return docker().run("image", "inspect", "--format", "{{.Id}}", name)
                .succeeded()
                .output()
                .strip();
    }

    @Test
    void dockerLoadsWhatDraySaved() {
        load();

        assertThat(id(APP)).isEqualTo(here.id(APP));
        assertThat(id(OTHER)).isEqualTo(here.id(OTHER));
    }

    @Test
    void drayLoadsWhatDockerSavedAndItHasTheSameId() {
        load();
        Path archive = folder.resolve("theirs.tar");
        docker().run("save", "-o", archive.toString(), APP).succeeded();
        Images there = Images.of(folder.resolve("there"));

        assertThat(there.dray().print("load", "--quiet", "-i", archive.toString()))
                .isEqualTo("Loaded image: " + APP);

        assertThat(there.id(APP)).isEqualTo(here.id(APP));
        there.assertVerified();
    }

    @Test
    void layersThatDrayHasAreNotReadAgainAndKeepTheirDigests() {
        load();
        docker().run("tag", APP, "team/again:1").succeeded();
        Path archive = folder.resolve("again.tar");
        docker().run("save", "-o", archive.toString(), "team/again:1").succeeded();

        assertThat(here.load(archive).number("blobsTaken")).hasValue(0);

        assertThat(here.layers("team/again:1")).isEqualTo(here.layers(APP));
        here.assertVerified();
    }

    @Test
    void aPipeFromDockerSaveIsLoaded() {
        load();
        String command = "%s save %s | gzip -1 | %s load --quiet"
                .formatted(
                        String.join(" ", docker().words()),
                        APP,
                        String.join(" ", here.dray().program().words()));
        Outcome piped = new Program(
                        List.of("sh", "-c", command),
                        Images.of(folder.resolve("piped")).dray().program().environment(),
                        "",
                        Duration.ofSeconds(90))
                .run();

        assertThat(piped.succeeded().output()).isEqualTo("Loaded image: " + APP + "\n");
    }
}
