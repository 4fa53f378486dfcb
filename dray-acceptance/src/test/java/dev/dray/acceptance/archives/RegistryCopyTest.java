package dev.dray.acceptance.archives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.acceptance.stage.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies between registries, with oras attachments of an image.
class RegistryCopyTest {
    @TempDir
    Path folder;

    private DrayServer server;
    private Images here;
    private String app;

    @BeforeEach
    void pushAnImage() throws Exception {
        server = DrayServer.start(folder.resolve("registry"));
        app = server.host() + "/team-a/app:1";
        here = Images.of(folder.resolve("home")).with(app);
        here.dray().run("push", "--quiet", app).succeeded();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Program program(Peer peer) {
        return peer.program().with("HOME", folder.resolve("peer")).with("DOCKER_CONFIG", folder.resolve("peer"));
    }

    private String print(Peer peer, String... arguments) {
        return program(peer).run(arguments).succeeded().output().strip();
    }

    private void attach(String image, String text) throws Exception {
        Path file = Files.writeString(folder.resolve("sbom.txt"), text);
        print(
                Peer.ORAS,
                "attach",
                "--plain-http",
                "--disable-path-validation",
                "--artifact-type",
                "example/sbom",
                image,
                file.toString());
    }

    /// The referrers that oras lists, without repository names.
    private String discover(String image) {
        return print(Peer.ORAS, "discover", "--plain-http", "--format", "json", image)
                .replace(image.substring(0, image.lastIndexOf(':')), "REPOSITORY");
    }

    @Test
    @NeedsPeer(Peer.CRANE)
    void copyWithinARegistryLinksAllAndCraneFindsTheImageSound() throws Exception {
        String copied = server.host() + "/team-b/app:1";

        Outcome outcome = here.dray().run("copy", app, copied).succeeded();

        assertThat(outcome.errors()).contains("0 of 4 blobs moved and 4 mounted");
        print(Peer.CRANE, "validate", "--remote", copied);
        assertThat(print(Peer.CRANE, "digest", copied)).isEqualTo(here.digest(app));
    }

    @Test
    @NeedsPeer(Peer.CRANE)
    void cranePushesASavedArchiveWithItsOwnBlobs() {
        Path archive = folder.resolve("a.tar");
        here.dray().run("save", "-o", archive.toString(), app).succeeded();
        String pushed = server.host() + "/team-c/app:1";

        print(Peer.CRANE, "push", archive.toString(), pushed);

        here.dray().run("pull", "--quiet", pushed).succeeded();
        assertThat(here.layers(pushed)).isEqualTo(here.layers(app));
    }

    @Test
    @NeedsPeer(Peer.ORAS)
    void imageWithReferrerPulledTaggedAndPushedElsewhereIsTheSameAndSoIsTheList() throws Exception {
        attach(app, "first");
        attach(app, "second");
        Images there = Images.of(folder.resolve("there"));
        there.dray().run("pull", "--quiet", "--referrers", app).succeeded();

        try (DrayServer second = DrayServer.start(folder.resolve("second"))) {
            String elsewhere = second.host() + "/release/app:1";
            there.dray().run("tag", app, elsewhere).succeeded();
            there.dray().run("push", "--quiet", "--referrers", elsewhere).succeeded();

            assertThat(print(Peer.ORAS, "resolve", "--plain-http", elsewhere)).isEqualTo(here.digest(app));
            assertThat(discover(elsewhere)).contains("example/sbom").isEqualTo(discover(app));
        }
    }

    @Test
    @NeedsPeer({Peer.ORAS, Peer.REGISTRY})
    void aRegistryWithoutReferrersApiListsWhatWasCopiedThereAndBack() throws Exception {
        attach(app, "first");

        try (PeerRegistry peer = PeerRegistry.start(Peer.REGISTRY, folder.resolve("peer-registry"))) {
            String there = peer.host() + "/team/app:1";
            String back = server.host() + "/back/app:1";
            here.dray().run("copy", "--referrers", app, there).succeeded();
            here.dray().run("copy", "--referrers", there, back).succeeded();

            assertThat(discover(there)).contains("example/sbom").isEqualTo(discover(app));
            assertThat(discover(back)).isEqualTo(discover(app));
        }
    }

    @Test
    @NeedsPeer(Peer.ORAS)
    void orasFindsReferrersInALayoutThatDrayWroteAndDrayInOneOfOras() throws Exception {
        attach(app, "first");
        String ours = folder.resolve("ours") + ":1";
        String theirs = folder.resolve("theirs") + ":1";
        here.dray().run("copy", "--referrers", app, "oci:" + ours).succeeded();
        print(Peer.ORAS, "copy", "--recursive", "--from-plain-http", "--to-oci-layout", app, theirs);
        String back = server.host() + "/back/app:1";

        assertThat(print(Peer.ORAS, "discover", "--oci-layout", "--format", "json", ours))
                .contains("example/sbom");
        here.dray().run("copy", "--referrers", "oci:" + theirs, back).succeeded();
        assertThat(discover(back)).isEqualTo(discover(app));
    }
}
