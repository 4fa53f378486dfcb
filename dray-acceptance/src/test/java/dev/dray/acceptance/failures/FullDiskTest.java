package dev.dray.acceptance.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PlainClient;
import dev.dray.acceptance.stage.SmallDisk;
import dev.dray.acceptance.stage.TestImages;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A full disk is reported and breaks nothing, and a second run succeeds once there is space.
@NeedsPeer(value = Peer.MOUNT, asRoot = true)
class FullDiskTest {
    private static final int LAYERS = 20;
    private static final int LITTLE = 2_000_000;

    @TempDir
    Path folder;

    @Test
    void theRegistryAnswers507AndTakesTheBlobOnceThereIsSpace() throws Exception {
        byte[] blob = new byte[4 * LITTLE];
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 32);
                DrayServer server = DrayServer.Plan.in(folder)
                        .store(disk.folder().resolve("store"))
                        .start();
                PlainClient client = new PlainClient(server.host())) {
            disk.leave(LITTLE);
            HttpResponse<byte[]> refused = client.tryFinish(client.open("team-a/app"), blob);
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("\"errors\"");

            disk.free();
            client.blob("team-a/app", blob);
            server.stop();
        }
    }

    @Test
    void aPushSaysThatTheRegistryIsFull() throws Exception {
        Path home = folder.resolve("home");
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 32);
                DrayServer server = DrayServer.Plan.in(folder)
                        .store(disk.folder().resolve("store"))
                        .start()) {
            TestImages.build(home, LAYERS, server.host() + "/team-a/app:1");
            disk.leave(LITTLE);
            Outcome failed = BuiltCommand.at(home)
                    .run("push", server.host() + "/team-a/app:1")
                    .exited(1);
            assertThat(failed.errors())
                    .contains("dray: ")
                    .containsIgnoringCase("space")
                    .doesNotContain("\tat ");

            disk.free();
            BuiltCommand.at(home).run("push", server.host() + "/team-a/app:1").succeeded();
            server.stop();
        }
    }

    @Test
    void aPullSaysThatTheDiskIsFullAndASecondOneSucceeds() throws Exception {
        Path maker = folder.resolve("maker");
        try (DrayServer server = DrayServer.start(folder);
                SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 32)) {
            TestImages.build(maker, LAYERS, server.host() + "/team-a/app:1");
            BuiltCommand.at(maker).run("push", server.host() + "/team-a/app:1").succeeded();
            BuiltCommand dray = BuiltCommand.at(folder.resolve("home"))
                    .variable("DRAY_STORE", disk.folder().resolve("images").toString());
            dray.run("images").succeeded();

            disk.leave(LITTLE);
            Outcome failed = dray.run("pull", server.host() + "/team-a/app:1").exited(1);
            assertThat(failed.output()).isEmpty();
            assertThat(failed.errors())
                    .contains("dray: ")
                    .containsIgnoringCase("space")
                    .doesNotContain("\tat ");

            disk.free();
            dray.run("pull", server.host() + "/team-a/app:1").succeeded();
            dray.run("verify").succeeded();
        }
    }
}
