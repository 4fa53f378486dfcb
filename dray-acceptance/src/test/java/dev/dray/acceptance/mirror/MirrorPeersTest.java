package dev.dray.acceptance.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.ContainerdDaemon;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// containerd, podman and docker pull from a mirror, with the settings from the README.
class MirrorPeersTest {
    private static final String HUB_IMAGE = "docker.io/library/mirrored:1";

    @TempDir
    private Path folder = Path.of("");

    private HostWithImages host;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        host = HostWithImages.start(folder);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    @NeedsPeer(
            value = {Peer.CONTAINERD, Peer.CTR},
            asRoot = true)
    void containerdPullsByNamespaceAndTurnsToTheRegistryWhereTheMirrorIsDamaged() throws Exception {
        try (ContainerdDaemon daemon = ContainerdDaemon.start(folder.resolve("containerd"))) {
            String mirror = host.mirror().host();
            Path hosts = daemon.mirrored(host.registryHost(), "http://" + host.registryHost(), mirror);
            daemon.mirrored("docker.io", "https://registry-1.docker.io", mirror);
            Program pull = daemon.ctr().with("images", "pull", "--hosts-dir", hosts.toString());

            pull.run(HUB_IMAGE).succeeded();
            pull.run(host.image()).succeeded();
            assertThat(daemon.ctr().run("images", "ls").output())
                    .contains(HUB_IMAGE + " ", host.image() + " ")
                    .containsPattern(host.image() + " .*" + host.digest())
                    .containsPattern(HUB_IMAGE + " .*" + host.digest());
            assertThat(host.mirror()
                            .log(line ->
                                    line.contains("?ns=" + host.registryHost().replace(":", "%3A"))))
                    .isNotEmpty();
            assertThat(host.mirror().log(line -> line.contains("?ns=docker.io")))
                    .isNotEmpty();

            forget(daemon);
            damage();
            try (DrayServer registry = host.registry().start()) {
                pull.run(host.image()).succeeded();
                assertThat(registry.host()).isEqualTo(host.registryHost());
            }
        }
    }

    private void forget(ContainerdDaemon daemon) {
        daemon.ctr().run("images", "rm", "--sync", HUB_IMAGE, host.image()).succeeded();
        String[] left = daemon.ctr().run("content", "ls", "-q").output().split("\\s+", -1);
        for (String digest : left) {
            if (!digest.isEmpty()) {
                daemon.ctr().run("content", "rm", digest);
            }
        }
        assertThat(daemon.ctr().run("content", "ls", "-q").output()).isBlank();
    }

    @Test
    @NeedsPeer(value = Peer.PODMAN, asRoot = true)
    void podmanPullsByPathAndTurnsToTheRegistryWhereTheMirrorIsDamaged() throws Exception {
        Path configuration = Files.writeString(folder.resolve("registries.conf"), """
            [[registry]]
            prefix = "%1$s"
            location = "%1$s"
            insecure = true

            [[registry.mirror]]
            location = "%2$s"
            insecure = true

            [[registry]]
            prefix = "docker.io"
            location = "docker.io"

            [[registry.mirror]]
            location = "%2$s/docker.io"
            insecure = true
            """.formatted(
                        host.registryHost(), host.mirror().host()));
        try (ContainersStorage storage = new ContainersStorage(folder)) {
            Program podman = storage.podman()
                    .with("XDG_DATA_HOME", folder.resolve("cache"))
                    .with("CONTAINERS_REGISTRIES_CONF", configuration);
            for (String image : new String[] {host.image(), HUB_IMAGE}) {
                podman.run("pull", "--quiet", image).succeeded();
                assertThat(digest(podman, image)).isEqualTo(host.digest());
            }
            assertThat(host.mirror()
                            .log(line -> line.contains("\"GET /v2/docker.io/library/mirrored/manifests/1\" 200")))
                    .isNotEmpty();

            podman.run("rmi", "--all", "--force").succeeded();
            damage();
            try (DrayServer registry = host.registry().start()) {
                podman.run("pull", "--quiet", host.image()).succeeded();
                assertThat(digest(podman, host.image())).isEqualTo(host.digest());
                assertThat(registry.host()).isEqualTo(host.registryHost());
            }
        }
    }

    private static String digest(Program podman, String image) {
        return podman.run("image", "inspect", "--format", "{{.Digest}}", image)
                .succeeded()
                .output()
                .strip();
    }

    @Test
    @NeedsPeer(
            value = {Peer.DOCKERD, Peer.DOCKER},
            asRoot = true)
    void dockerPullsImagesOfDockerHub() throws Exception {
        try (DockerDaemon daemon = DockerDaemon.start(
                folder.resolve("dockerd"),
                "--registry-mirror=http://" + host.mirror().host())) {
            Outcome pull = daemon.docker("anybody").run("pull", "mirrored:1").succeeded();
            assertThat(pull.output()).contains("Digest: " + host.digest());
        }
    }

    /// Damages the stored layers of host A, and runs a check that detects it.
    private void damage() throws IOException {
        try (Stream<Path> blobs = Files.walk(host.store().resolve("blobs"));
                Stream<Path> packs = Files.walk(host.store().resolve("packs"))) {
            for (Path file :
                    Stream.concat(blobs, packs).filter(Files::isRegularFile).toList()) {
                try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                    bytes.seek(bytes.length() / 2);
                    bytes.write("damage".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }
            }
        }
        assertThat(host.dray().run("verify", host.image()).exitCode()).isNotZero();
    }
}
