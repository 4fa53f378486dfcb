package dev.dray.acceptance.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.model.Digest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layers in zstd have no recipe: the store keeps them as they came and reports that, and everything else works with
/// them.
@NeedsPeer(
        value = {Peer.BUILDAH, Peer.SKOPEO, Peer.REGISTRY},
        asRoot = true)
class ZstdTest {
    private static final String REASON = "as they came: it is compressed with zstd";

    @TempDir
    Path folder;

    private BuiltCommand dray() {
        return BuiltCommand.at(folder.resolve("home"));
    }

    private String run(String... arguments) {
        return dray().print(arguments);
    }

    @Test
    void layersInZstdAreKeptServedPushedAndVerified() throws Exception {
        Path store = TestImages.store(folder.resolve("home"));
        ServedImage pushed;
        String name;
        try (PeerRegistry source = PeerRegistry.start(Peer.REGISTRY, folder.resolve("source"));
                ContainersStorage storage = new ContainersStorage(folder)) {
            name = source.host() + "/team/app:1";
            String built = storage.buildFromFolders(2);
            storage.buildah()
                    .run(
                            "push",
                            "--quiet",
                            "--tls-verify=false",
                            "--format=oci",
                            "--compression-format=zstd",
                            built,
                            "docker://" + name)
                    .succeeded();
            pushed = ServedImage.fetch(source.host(), "team/app", "1");

            assertThat(dray().run("pull", name).succeeded().errors()).contains("kept: 2 " + REASON);
            assertThat(run("layers", "ls").lines().skip(1)).hasSize(2).allMatch(line -> line.contains("verbatim"));
            assertRecompressedBySkopeo(source.host());
            source.stop();
        }
        assertThat(run("layers", "ls", "--format", "json").lines())
                .allMatch(line -> line.contains("it is compressed with zstd"));
        assertThat(run("verify")).contains("0 problems");
        assertThat(run("layers", "verify", "--all")).contains("0 problems");
        assertThat(run("layers", "convert", "--all")).contains(REASON);
        assertThat(run("prune", "--grace", "0s")).doesNotContain("blob sha256");
        assertThat(run("fsck", "--deep")).contains("all is well");
        assertThat(StoreFiles.blobs(store)).hasSizeGreaterThanOrEqualTo(2);

        assertServedAndPushed(store, name, pushed);
        assertLoadedElsewhere(name, pushed.manifest());
    }

    /// The same image recompressed by skopeo with its own zstd: the tars identify its layers no more than others.
    private void assertRecompressedBySkopeo(String host) throws Exception {
        Peer.SKOPEO
                .program()
                .run(
                        "copy",
                        "--src-tls-verify=false",
                        "--dest-tls-verify=false",
                        "--format=oci",
                        "--dest-compress-format=zstd",
                        "--dest-compress-level=15",
                        "docker://" + host + "/team/app:1",
                        "docker://" + host + "/skopeo/app:1")
                .succeeded();
        String again = host + "/skopeo/app:1";
        run("pull", "--quiet", again);
        assertThat(run("verify", again)).contains("0 problems");
    }

    private void assertServedAndPushed(Path store, String name, ServedImage pushed) throws Exception {
        try (DrayServer mirror = DrayServer.Plan.in(folder.resolve("mirror"))
                        .store(store)
                        .start();
                PeerRegistry target = PeerRegistry.start(Peer.REGISTRY, folder.resolve("target"))) {
            BuiltCommand other = BuiltCommand.at(folder.resolve("other"));
            assertThat(other.print("pull", "--quiet", "--mirror", "http://" + mirror.host(), name))
                    .endsWith(pushed.manifest().toString());
            String again = target.host() + "/again/app:1";
            run("tag", name, again);
            run("push", "--quiet", again);
            assertThat(ServedImage.fetch(target.host(), "again/app", "1")).isEqualTo(pushed);
        }
    }

    private void assertLoadedElsewhere(String name, Digest manifest) {
        String archive = folder.resolve("app.tar").toString();
        run("save", "--quiet", "-o", archive, name);
        BuiltCommand third = BuiltCommand.at(folder.resolve("third"));
        third.run("load", "--quiet", "-i", archive).succeeded();
        assertThat(third.print("images", "--digests", "--no-trunc")).contains(manifest.toString());
        assertThat(List.of(third.print("verify"))).allMatch(said -> said.contains("0 problems"));
    }
}
