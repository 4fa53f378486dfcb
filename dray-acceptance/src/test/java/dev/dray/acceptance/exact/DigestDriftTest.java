package dev.dray.acceptance.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.acceptance.stage.Program;
import dev.dray.acceptance.stage.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The case of moby#14018: an image made by podman and one made by Docker keep their digests on the way through another
/// host, while Docker and podman change each other's.
@NeedsPeer(
        value = {Peer.DOCKERD, Peer.DOCKER, Peer.PODMAN, Peer.BUILDAH, Peer.REGISTRY},
        asRoot = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DigestDriftTest {
    private static final String BY_PODMAN = "team/by-podman";
    private static final String BY_DOCKER = "team/by-docker";

    @TempDir
    static Path folder;

    private static PeerRegistry source;
    private static PeerRegistry target;
    private static ContainersStorage storage;
    private static DockerDaemon daemon;
    private static ServedImage podmans;
    private static ServedImage dockers;

    @BeforeAll
    static void letBothMakeAndPushAnImage() throws Exception {
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        source = PeerRegistry.start(Peer.REGISTRY, folder.resolve("source"));
        target = PeerRegistry.start(Peer.REGISTRY, folder.resolve("target"));
        storage = new ContainersStorage(folder);
        daemon = DockerDaemon.start(folder);

        podmanPush(storage.buildFromFolders(2), source.host() + "/" + BY_PODMAN + ":1");
        Path tar = folder.resolve("root.tar");
        Program.of("tar", "-h", "-C", "/etc/ssl", "-cf", tar.toString(), ".")
                .run()
                .succeeded();
        docker("import", tar.toString(), source.host() + "/" + BY_DOCKER + ":1");
        docker("push", source.host() + "/" + BY_DOCKER + ":1");

        podmans = ServedImage.fetch(source.host(), BY_PODMAN, "1");
        dockers = ServedImage.fetch(source.host(), BY_DOCKER, "1");
    }

    @AfterAll
    static void stopAll() {
        daemon.close();
        storage.close();
        target.close();
        source.close();
    }

    private static void docker(String... arguments) {
        daemon.docker("nobody").run(arguments).succeeded();
    }

    private static void podmanPush(String image, String name) {
        storage.podman()
                .run("push", "--quiet", "--tls-verify=false", image, name)
                .succeeded();
    }

    @Test
    @Order(1)
    void dockerChangesTheLayersOfPodman() throws Exception {
        docker("pull", source.host() + "/" + BY_PODMAN + ":1");
        docker("tag", source.host() + "/" + BY_PODMAN + ":1", target.host() + "/docker/pushed:1");
        docker("push", target.host() + "/docker/pushed:1");

        ServedImage pushed = ServedImage.fetch(target.host(), "docker/pushed", "1");
        assertThat(pushed.layers()).hasSameSizeAs(podmans.layers()).doesNotContainAnyElementsOf(podmans.layers());
    }

    @Test
    @Order(2)
    void podmanChangesTheLayersOfDocker() throws Exception {
        String name = source.host() + "/" + BY_DOCKER + ":1";
        storage.podman().run("pull", "--quiet", "--tls-verify=false", name).succeeded();
        podmanPush(name, target.host() + "/podman/pushed:1");

        ServedImage pushed = ServedImage.fetch(target.host(), "podman/pushed", "1");
        assertThat(pushed.layers()).hasSameSizeAs(dockers.layers()).doesNotContainAnyElementsOf(dockers.layers());
    }

    @Test
    @Order(3)
    void drayGivesBothBackFromAnotherPathAndUserWithoutTheirBlobs() throws Exception {
        Path home = folder.resolve("home");
        BuiltCommand dray = BuiltCommand.at(home);
        for (String repository : new String[] {BY_PODMAN, BY_DOCKER}) {
            dray.run("pull", "--quiet", source.host() + "/" + repository + ":1").succeeded();
        }
        assertThat(StoreFiles.blobs(TestImages.store(home))).isEmpty();
        source.stop();

        Path elsewhere = folder.resolve("elsewhere/of/another/user");
        Files.createDirectories(elsewhere.getParent());
        Program.of("mv", home.toString(), elsewhere.toString()).run().succeeded();
        BuiltCommand nobody = BuiltCommand.at(elsewhere).asNobody(folder.resolve("elsewhere"));
        for (String repository : new String[] {BY_PODMAN, BY_DOCKER}) {
            String name = target.host() + "/" + repository + ":1";
            nobody.run("tag", source.host() + "/" + repository + ":1", name).succeeded();
            nobody.run("push", "--quiet", name).succeeded();
        }

        assertThat(ServedImage.fetch(target.host(), BY_PODMAN, "1")).isEqualTo(podmans);
        assertThat(ServedImage.fetch(target.host(), BY_DOCKER, "1")).isEqualTo(dockers);
    }
}
