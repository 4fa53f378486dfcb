package dev.dray.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.testkit.Relay;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dray` pulls, tags and pushes at other registries, and they mount the layers they have.
class PeerRegistryTest {
    private static final int LAYERS = 5;

    @TempDir
    Path folder;

    @Test
    @NeedsPeer(Peer.DOCKER_REGISTRY)
    void debiansDockerRegistryMountsWhatItHas() throws Exception {
        pushPullTagAndPush(Peer.DOCKER_REGISTRY);
    }

    @Test
    @NeedsPeer(Peer.REGISTRY)
    void distributionThreeMountsWhatItHas() throws Exception {
        pushPullTagAndPush(Peer.REGISTRY);
    }

    private void pushPullTagAndPush(Peer peer) throws Exception {
        Path maker = folder.resolve("maker");
        Path user = folder.resolve("user");
        try (PeerRegistry registry = PeerRegistry.start(peer, folder.resolve("registry"));
                Relay relay = Relay.to(registry.port())) {
            String first = relay.host() + "/team-a/app:1";
            String second = relay.host() + "/team-b/app:1";
            TestImages.build(maker, LAYERS, first);
            String pushed = BuiltCommand.at(maker).print("push", "--quiet", first);

            BuiltCommand dray = BuiltCommand.at(user);
            assertThat(dray.print("pull", "--quiet", first)).isEqualTo(pushed);
            dray.run("tag", first, second).succeeded();
            Relay.Totals before = relay.totals();
            String report = dray.print("push", "--quiet", "--format", "json", second);
            Relay.Totals push = relay.totals().since(before);

            assertThat(report).contains("\"blobsLinked\":" + (LAYERS + 1)).contains("\"blobsUploaded\":0");
            assertThat(push.up()).isLessThan(10_000);
            assertThat(push.requests()).isLessThanOrEqualTo(LAYERS + 4);
            dray.run("rmi", first, second).succeeded();
            assertThat(dray.print("pull", "--quiet", second)).endsWith(pushed.replaceAll(".*: ", ""));
            dray.run("verify").succeeded();
        }
    }
}
