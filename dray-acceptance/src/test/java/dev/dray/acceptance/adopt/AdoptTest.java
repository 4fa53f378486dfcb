package dev.dray.acceptance.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.acceptance.stage.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images made by docker, podman, buildah, crane, pigz and gzip, pulled by dockerd and podman with either driver; then
/// the registry stops, and every image is restored from the unpacked layers.
@NeedsPeer(
        value = {
            Peer.DOCKERD,
            Peer.DOCKER,
            Peer.PODMAN,
            Peer.BUILDAH,
            Peer.SKOPEO,
            Peer.DOCKER_REGISTRY,
            Peer.CRANE,
            Peer.PIGZ
        },
        asRoot = true)
class AdoptTest {
    private static final Duration LONG = Duration.ofMinutes(6);

    @TempDir
    static Path folder;

    private static Map<String, String> digests;
    private static DockerDaemon overlay2;
    private static DockerDaemon vfs;
    private static ContainersStorage podmanOverlay;
    private static ContainersStorage podmanVfs;

    @BeforeAll
    static void pullAndStopTheRegistry() throws Exception {
        try (PeerRegistry registry = PeerRegistry.start(Peer.DOCKER_REGISTRY, folder.resolve("source"))) {
            RealImages images = new RealImages(folder, registry.host());
            overlay2 = DockerDaemon.start(folder.resolve("overlay2"));
            vfs = DockerDaemon.withDriver("vfs", folder.resolve("vfs"));
            images.byBuildah();
            images.byCrane();
            images.byDocker(overlay2);
            images.byCompressors();
            digests = images.digests();
            podmanOverlay = new ContainersStorage(folder.resolve("podman"));
            podmanVfs = new ContainersStorage(folder.resolve("podman-vfs"), "vfs");
            for (String image : digests.keySet()) {
                overlay2.docker("any").run("pull", "--quiet", image).succeeded();
                vfs.docker("any").run("pull", "--quiet", image).succeeded();
                pull(podmanOverlay, image).succeeded();
                pull(podmanVfs, image).succeeded();
            }
        }
    }

    private static Outcome pull(ContainersStorage storage, String image) {
        return storage.podman().run("pull", "--quiet", "--tls-verify=false", image);
    }

    @AfterAll
    static void stop() {
        overlay2.close();
        vfs.close();
        podmanOverlay.close();
        podmanVfs.close();
    }

    /// The root folder of a store, by its name in the tests.
    private static Path root(String store) {
        return switch (store) {
            case "docker overlay2" -> overlay2.root();
            case "docker vfs" -> vfs.root();
            case "podman overlay" -> podmanOverlay.root();
            case "podman vfs" -> podmanVfs.root();
            default -> throw new AssertionError(store);
        };
    }

    private static String prefix(String store) {
        return store.startsWith("docker") ? "docker-daemon:" : "containers-storage:";
    }

    /// One user for all tests, so that an encoder found in one store need not be searched for in the next.
    private static BuiltCommand dray() {
        BuiltCommand command = BuiltCommand.at(folder.resolve("home"));
        return new BuiltCommand(command.program().within(LONG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker overlay2", "docker vfs", "podman overlay", "podman vfs"})
    void everyLayerGivesItsOriginalBlobBackAndNothingIsWritten(String store) {
        String before = snapshot(root(store));
        Outcome check = dray().run("adopt", "check", "--root", root(store).toString());
        assertThat(check.succeeded().output())
                .contains("%d images".formatted(digests.size()), "8 exact")
                .doesNotContain("unknown", "unreadable");
        digests.forEach((image, digest) ->
                assertThat(check.output()).contains(prefix(store) + image + ": ", "manifest " + digest));
        assertThat(snapshot(root(store))).isEqualTo(before);
    }

    /// Names, sizes, numbers and times of all files except those that a running daemon writes on its own.
    private static String snapshot(Path root) {
        return Program.of("find")
                .run(
                        root.toString(),
                        "-regextype",
                        "posix-extended",
                        "-regex",
                        ".*/(image|overlay2|vfs|overlay|overlay-images|overlay-layers|vfs-images|vfs-layers)/.*",
                        "-printf",
                        "%P %s %i %T@ %C@\n")
                .succeeded()
                .output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker overlay2", "podman overlay"})
    void copiesToAnEmptyRegistryKeepEveryDigest(String store) throws Exception {
        try (PeerRegistry empty = PeerRegistry.start(Peer.DOCKER_REGISTRY, folder.resolve("empty " + store))) {
            for (Map.Entry<String, String> image : digests.entrySet()) {
                String target = moved(image.getKey(), empty);
                dray().run("copy", "--root", root(store).toString(), prefix(store) + image.getKey(), target)
                        .succeeded();
                assertThat(RealImages.digest(target)).as(target).isEqualTo(image.getValue());
                Peer.CRANE
                        .program()
                        .run("validate", "--insecure", "--remote", target)
                        .succeeded();
            }
        }
    }

    private static String moved(String image, PeerRegistry registry) {
        return registry.host() + image.substring(image.indexOf('/'));
    }

    private static String name(String repository) {
        return digests.keySet().stream()
                .filter(image -> image.endsWith("/team/" + repository + ":1"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theEnginesThemselvesChangeTheDigests() throws Exception {
        try (PeerRegistry empty = PeerRegistry.start(Peer.DOCKER_REGISTRY, folder.resolve("empty"))) {
            String byPodman = moved(name("buildah"), empty);
            overlay2.docker("any").run("tag", name("buildah"), byPodman).succeeded();
            overlay2.docker("any").run("push", "--quiet", byPodman).succeeded();
            overlay2.docker("any").run("rmi", byPodman).succeeded();
            assertThat(RealImages.digest(byPodman)).isNotEqualTo(digests.get(name("buildah")));

            String byDocker = moved(name("docker"), empty);
            podmanOverlay
                    .podman()
                    .run("push", "--quiet", "--tls-verify=false", name("docker"), byDocker)
                    .succeeded();
            assertThat(RealImages.digest(byDocker)).isNotEqualTo(digests.get(name("docker")));
        }
    }

    @Test
    void copiesToLayoutsAndArchivesKeepTheDigest() {
        Path layout = folder.resolve("copied");
        String image = "docker-daemon:" + name("compressors");
        assertThat(dray().print("copy", "--quiet", "--root", vfs.root().toString(), image, "oci:" + layout + ":1"))
                .endsWith(digests.get(name("compressors")));
        Path archive = folder.resolve("copied.tar");
        dray().run("copy", "--root", vfs.root().toString(), image, "docker-archive:" + archive)
                .succeeded();
        assertThat(archive).isNotEmptyFile();
    }

    @Test
    void importedImagesAreMadeFromContentsAndWereNeverCompressedFiles() throws Exception {
        BuiltCommand other = BuiltCommand.at(folder.resolve("importer"));
        BuiltCommand dray = new BuiltCommand(other.program().within(LONG));
        Path store = folder.resolve("importer/data/dray/engine");
        dray.run("adopt", "import", "--root", podmanOverlay.root().toString()).succeeded();
        try (Stream<Path> files = Files.walk(store.resolve("blobs"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        dray.run("verify").succeeded();
        try (PeerRegistry empty = PeerRegistry.start(Peer.DOCKER_REGISTRY, folder.resolve("from the store"))) {
            for (Map.Entry<String, String> image : digests.entrySet()) {
                String target = moved(image.getKey(), empty);
                dray.run("copy", "store:" + image.getKey(), target).succeeded();
                assertThat(RealImages.digest(target)).isEqualTo(image.getValue());
            }
        }
    }

    @Test
    void anImageBuiltHereIsEncodedOnceAndSaysSo() throws Exception {
        try (ContainersStorage storage = new ContainersStorage(Files.createDirectories(folder.resolve("built")))) {
            String image = storage.buildFromFolders(2);
            String root = storage.root().toString();
            assertThat(dray().run("adopt", "check", "--root", root).succeeded().output())
                    .contains("the manifest lists plain tars", "no blob");
            Path layout = folder.resolve("built-layout");
            Outcome first = dray().run("copy", "--root", root, "containers-storage:" + image, "oci:" + layout + ":1");
            Outcome second = dray().run("copy", "--root", root, "containers-storage:" + image, "oci:" + layout + ":2");
            assertThat(first.succeeded().errors()).contains("note: the manifest lists plain tars");
            assertThat(digestOf(second.succeeded())).isEqualTo(digestOf(first));
        }
    }

    private static String digestOf(Outcome copy) {
        return copy.output().strip().replaceAll(".*: ", "");
    }

    @Test
    void whoMayNotReadTheStoreIsToldSo() {
        Outcome check = Program.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                .with(dray().program().words().toArray(String[]::new))
                .with("HOME", folder.resolve("nobody"))
                .with(
                        "DRAY_STORE",
                        Path.of("/tmp/dray-adopt-nobody-"
                                + ProcessHandle.current().pid()))
                .run("adopt", "ls", "--root", podmanOverlay.root().toString());
        assertThat(check.exited(1).errors()).contains("no permission to read");
    }

    @Test
    void anotherProgramMayWriteMeanwhile() throws Exception {
        try (ContainersStorage storage = new ContainersStorage(Files.createDirectories(folder.resolve("busy")))) {
            String image = storage.buildFromFolders(1);
            Thread builder = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 10; i++) {
                    storage.buildah().run("tag", image, "localhost/other:" + i).succeeded();
                }
            });
            while (builder.isAlive()) {
                dray().run("adopt", "ls", "--root", storage.root().toString()).succeeded();
            }
            assertThat(dray().run("adopt", "ls", "--root", storage.root().toString())
                            .succeeded()
                            .output())
                    .contains(image);
        }
    }
}
