package dev.dray.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.testkit.Relay;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main use on an image built by another tool: pull, tag, push, and no layer is sent.
@NeedsPeer(
        value = {Peer.BUILDAH, Peer.SKOPEO},
        asRoot = true)
class BuildahImageTest {
    private static final int LAYERS = 5;

    @TempDir
    Path folder;

    @Test
    void pullTagAndPushToAnotherRepositorySendsUnderTenThousandBytes() throws Exception {
        BuiltCommand dray = BuiltCommand.at(folder.resolve("home"));
        try (ContainersStorage storage = new ContainersStorage(folder);
                DrayServer server = DrayServer.start(folder);
                Relay relay = Relay.to(server.port())) {
            copy(storage.address(storage.buildFromFolders(LAYERS)), server.host() + "/team-a/app:1");

            dray.run("pull", relay.host() + "/team-a/app:1").succeeded();
            dray.run("tag", relay.host() + "/team-a/app:1", relay.host() + "/team-b/app:1")
                    .succeeded();
            Relay.Totals before = relay.totals();
            dray.run("push", relay.host() + "/team-b/app:1").succeeded();
            Relay.Totals push = relay.totals().since(before);

            assertThat(before.down()).as("bytes of the pull").isGreaterThan(1_000_000);
            assertThat(push.up()).as("bytes up during the push").isPositive().isLessThan(10_000);
            assertThat(push.requests()).isLessThanOrEqualTo(LAYERS + 4);
            assertThat(digest(server.host() + "/team-b/app:1"))
                    .startsWith("sha256:")
                    .isEqualTo(digest(server.host() + "/team-a/app:1"));
        }
    }

    private static void copy(String source, String target) {
        Peer.SKOPEO
                .program()
                .run("copy", "--dest-tls-verify=false", source, "docker://" + target)
                .succeeded();
    }

    private static String digest(String image) {
        return Peer.SKOPEO
                .program()
                .run("inspect", "--tls-verify=false", "--format", "{{.Digest}}", "docker://" + image)
                .succeeded()
                .output()
                .strip();
    }
}
