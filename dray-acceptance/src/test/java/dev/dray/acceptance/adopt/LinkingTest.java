package dev.dray.acceptance.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.testkit.Relay;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first problem of moby#14018 on an unprepared host: docker pull, then a copy to another repository of the
/// registry.
@NeedsPeer(
        value = {Peer.DOCKERD, Peer.DOCKER, Peer.PODMAN, Peer.BUILDAH, Peer.DOCKER_REGISTRY, Peer.CRANE},
        asRoot = true)
class LinkingTest {
    @TempDir
    Path folder;

    @Test
    void whatDockerPulledIsLinkedAndNothingIsRebuiltOrSent() throws Exception {
        try (PeerRegistry registry = PeerRegistry.start(Peer.DOCKER_REGISTRY, folder.resolve("registry"));
                Relay relay = Relay.to(registry.port());
                DockerDaemon daemon = DockerDaemon.start(folder)) {
            new RealImages(folder, registry.host()).byBuildah();
            String image = relay.host() + "/team/buildah:1";
            daemon.docker("any").run("pull", "--quiet", image).succeeded();
            BuiltCommand dray = BuiltCommand.at(folder.resolve("home"));
            Relay.Totals before = relay.totals();
            Outcome copy = dray.run(
                    "copy",
                    "--root",
                    daemon.root().toString(),
                    "docker-daemon:" + image,
                    relay.host() + "/release/base:1");
            Relay.Totals moved = relay.totals().since(before);

            assertThat(copy.succeeded().errors()).contains("2 mounted").doesNotContain("testing", "layer ");
            assertThat(moved.up()).as("bytes sent").isLessThan(10_000);
            assertThat(moved.down()).as("bytes received").isLessThan(10_000);
            assertThat(RealImages.digest(registry.host() + "/release/base:1"))
                    .isEqualTo(RealImages.digest(registry.host() + "/team/buildah:1"));
        }
    }
}
