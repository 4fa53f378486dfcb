package dev.dray.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.Program;
import dev.dray.acceptance.stage.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// crane, regctl and oras against `dray serve`.
class GoClientsTest {
    private static final int LAYERS = 3;

    @TempDir
    Path folder;

    private DrayServer server;
    private String image;
    private String digest;

    @BeforeEach
    void serveAnImage() throws Exception {
        server = DrayServer.start(folder.resolve("registry"));
        image = server.host() + "/team-a/app:1";
        TestImages.build(folder.resolve("home"), LAYERS, image);
        digest = BuiltCommand.at(folder.resolve("home"))
                .print("push", "--quiet", image)
                .replaceAll(".*: ", "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Program program(Peer peer) {
        return peer.program()
                .with("HOME", folder.resolve("peer"))
                .with("DOCKER_CONFIG", folder.resolve("peer"))
                .with("REGCTL_CONFIG", folder.resolve("regctl.json"));
    }

    private String print(Peer peer, String... arguments) {
        return program(peer).run(arguments).succeeded().output().strip();
    }

    @Test
    @NeedsPeer(Peer.CRANE)
    void craneCopiesPullsAndPushes() throws Exception {
        String copied = server.host() + "/team-b/crane:1";
        print(Peer.CRANE, "copy", image, copied);
        assertThat(print(Peer.CRANE, "digest", copied)).isEqualTo(digest);
        assertThat(mounts("team-b/crane")).isGreaterThanOrEqualTo(LAYERS);
        print(Peer.CRANE, "validate", "--remote", copied);
        print(Peer.CRANE, "tag", copied, "2");
        assertThat(print(Peer.CRANE, "ls", server.host() + "/team-b/crane").lines())
                .containsExactly("1", "2");

        Path layout = folder.resolve("layout");
        print(Peer.CRANE, "pull", "--format=oci", image, layout.toString());
        print(Peer.CRANE, "push", layout.toString(), server.host() + "/team-c/crane:1");
        assertThat(print(Peer.CRANE, "digest", server.host() + "/team-c/crane:1"))
                .isEqualTo(digest);
        print(Peer.CRANE, "delete", copied + "@" + digest);
        assertThat(program(Peer.CRANE).run("digest", copied).exitCode()).isNotZero();
    }

    @Test
    @NeedsPeer(Peer.REGCTL)
    void regctlCopiesExportsAndImports() throws Exception {
        print(Peer.REGCTL, "registry", "set", "--tls", "disabled", server.host());
        String copied = server.host() + "/team-b/regctl:1";
        print(Peer.REGCTL, "image", "copy", image, copied);
        assertThat(print(Peer.REGCTL, "image", "digest", copied)).isEqualTo(digest);
        assertThat(mounts("team-b/regctl")).isGreaterThanOrEqualTo(LAYERS);

        Path archive = folder.resolve("image.tar");
        print(Peer.REGCTL, "image", "export", copied, archive.toString());
        print(Peer.REGCTL, "image", "import", server.host() + "/team-c/regctl:1", archive.toString());
        assertThat(print(Peer.REGCTL, "image", "digest", server.host() + "/team-c/regctl:1"))
                .isEqualTo(digest);
        print(Peer.REGCTL, "tag", "delete", server.host() + "/team-c/regctl:1");
        assertThat(print(Peer.REGCTL, "tag", "ls", server.host() + "/team-c/regctl"))
                .isEmpty();
    }

    @Test
    @NeedsPeer(Peer.ORAS)
    void orasCopiesAndPushesArtifactsThatReferToImages() throws Exception {
        String copied = server.host() + "/team-b/oras:1";
        print(Peer.ORAS, "copy", "--from-plain-http", "--to-plain-http", image, copied);
        assertThat(print(Peer.ORAS, "resolve", "--plain-http", copied)).isEqualTo(digest);

        Path sbom = Files.writeString(folder.resolve("sbom.json"), "{}");
        print(
                Peer.ORAS,
                "attach",
                "--plain-http",
                "--disable-path-validation",
                "--artifact-type",
                "example/sbom",
                copied,
                sbom.toString());
        assertThat(print(Peer.ORAS, "discover", "--plain-http", "--format", "json", copied))
                .contains("example/sbom");
        print(
                Peer.ORAS,
                "pull",
                "--plain-http",
                "--output",
                folder.resolve("pulled").toString(),
                copied);
    }

    private long mounts(String target) throws Exception {
        return server.log(line -> line.contains(" event ") && line.contains(" " + target + ": mounted"))
                .size();
    }
}
