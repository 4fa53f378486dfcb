package dev.dray.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.ContainersStorage;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.RegistryWithUsers;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.acceptance.stage.UserFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The three commands of moby#14018, by podman. Podman does not report mounts; the registry's log does.
@NeedsPeer(value = Peer.PODMAN, asRoot = true)
class PodmanTest {
    private static final int LAYERS = 3;

    @TempDir
    Path folder;

    private DrayServer server;
    private ContainersStorage storage;
    private String image;

    @BeforeEach
    void pull() throws Exception {
        server = RegistryWithUsers.start(folder.resolve("registry"));
        storage = new ContainersStorage(folder);
        image = server.host() + "/team-a/app:1";
        BuiltCommand dray = BuiltCommand.at(folder.resolve("home")).loggedIn(server.host(), "ann");
        TestImages.build(folder.resolve("home"), LAYERS, image);
        dray.run("push", image).succeeded();
        podman("ann", "pull", image).succeeded();
    }

    @AfterEach
    void stop() {
        storage.close();
        server.close();
    }

    private Outcome podman(String user, String verb, String name) {
        String login = user + ":" + UserFiles.password(user);
        return storage.podman()
                .with("XDG_DATA_HOME", folder.resolve("cache"))
                .run(verb, "--quiet", "--tls-verify=false", "--creds", login, name);
    }

    private Outcome tagAndPush(String user, String target) {
        storage.podman().run("tag", image, target).succeeded();
        return podman(user, "push", target);
    }

    private long events(String target, String what) throws Exception {
        return server.log(line -> line.contains(" event ") && line.contains(" " + target + ": " + what))
                .size();
    }

    @Test
    void whoMayPullTheSourceMountsItsLayers() throws Exception {
        tagAndPush("ann", server.host() + "/team-c/mounted:1").succeeded();
        assertThat(events("team-c/mounted", "mounted")).isEqualTo(LAYERS);
    }

    @Test
    void whoMayNotPullTheSourcePushesByUploading() throws Exception {
        tagAndPush("bob", server.host() + "/team-b/uploaded:1").succeeded();
        assertThat(events("team-b/uploaded", "mounted")).isZero();
        assertThat(events("team-b/uploaded", "uploaded")).isEqualTo(LAYERS + 1);
    }

    @Test
    void whoMayNotPushToTheTargetIsRefused() throws Exception {
        Outcome push = tagAndPush("eve", server.host() + "/team-b/refused:1");
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.errors()).containsIgnoringCase("denied");
        assertThat(events("team-b/refused", "uploaded")).isZero();
    }
}
