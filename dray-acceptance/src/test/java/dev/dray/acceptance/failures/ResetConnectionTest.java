package dev.dray.acceptance.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.testkit.Relay;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Absent registries, and registries that break connections in the middle of a reply.
class ResetConnectionTest {
    @TempDir
    Path folder;

    private BuiltCommand dray;

    @BeforeEach
    void startWithNothing() {
        dray = BuiltCommand.at(folder.resolve("home"));
    }

    @Test
    void aPullOverConnectionsThatResetFailsClearlyAndSucceedsOnceTheyHold() throws Exception {
        Path maker = folder.resolve("maker");
        try (DrayServer server = DrayServer.start(folder);
                Relay broken = Relay.resettingAfter(3_000, server.port())) {
            TestImages.build(maker, 2, server.host() + "/team-a/app:1");
            BuiltCommand.at(maker).run("push", server.host() + "/team-a/app:1").succeeded();

            Outcome failed = dray.run("pull", broken.host() + "/team-a/app:1").exited(1);
            assertThat(failed.output()).isEmpty();
            assertThat(failed.errors()).contains("dray: ", broken.host()).doesNotContain("\tat ");
            assertThat(dray.print("images", "-q")).isEmpty();

            dray.run("pull", server.host() + "/team-a/app:1").succeeded();
            dray.run("verify").succeeded();
        }
    }

    @Test
    void aPullGoesOnWhereAConnectionWasReset() throws Exception {
        Path maker = folder.resolve("maker");
        try (DrayServer server = DrayServer.start(folder);
                Relay broken = Relay.resettingAfter(200_000, server.port())) {
            TestImages.build(maker, 2, server.host() + "/team-a/app:1");
            BuiltCommand.at(maker).run("push", server.host() + "/team-a/app:1").succeeded();
            dray.run("pull", broken.host() + "/team-a/app:1").succeeded();
            dray.run("verify").succeeded();
            server.stop();
            assertThat(server.exchanges()).anyMatch(line -> line.contains("GET") && line.contains("\" 206 "));
        }
    }

    @Test
    void aRegistryThatIsNotThereIsSaidSo() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Outcome outcome =
                dray.run("pull", "127.0.0.1:" + port + "/team-a/app:1").exited(1);
        assertThat(outcome.errors())
                .startsWith("dray: ")
                .contains("127.0.0.1:" + port)
                .doesNotContain("\tat ");
    }
}
