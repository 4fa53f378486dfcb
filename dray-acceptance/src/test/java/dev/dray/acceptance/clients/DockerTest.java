package dev.dray.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DockerDaemon;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.Program;
import dev.dray.acceptance.stage.RegistryWithUsers;
import dev.dray.acceptance.stage.TestImages;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The three commands of moby#14018, by Docker Engine: pull, tag, push.
@NeedsPeer(
        value = {Peer.DOCKERD, Peer.DOCKER},
        asRoot = true)
class DockerTest {
    private static final int LAYERS = 3;

    @TempDir
    static Path folder;

    private static DrayServer server;
    private static DockerDaemon daemon;
    private static String image;

    @BeforeAll
    static void startBothAndPull() throws Exception {
        server = RegistryWithUsers.start(folder.resolve("registry"));
        daemon = DockerDaemon.start(folder);
        image = server.host() + "/team-a/app:1";
        BuiltCommand dray = BuiltCommand.at(folder.resolve("home")).loggedIn(server.host(), "ann");
        TestImages.build(folder.resolve("home"), LAYERS, image);
        dray.run("push", image).succeeded();
        daemon.loggedIn("ann", server.host()).run("pull", image).succeeded();
    }

    @AfterAll
    static void stopBoth() {
        daemon.close();
        server.close();
    }

    private static Outcome tagAndPush(Program docker, String target) {
        docker.run("tag", image, target).succeeded();
        return docker.run("push", target);
    }

    private static long events(String target, String what) throws Exception {
        return server.log(line -> line.contains(" event ") && line.contains(" " + target + ": " + what))
                .size();
    }

    @Test
    void whoMayPullTheSourceIsToldThatItsLayersWereMounted() throws Exception {
        Outcome push = tagAndPush(daemon.loggedIn("ann", server.host()), server.host() + "/team-c/mounted:1");
        assertThat(push.succeeded().output().split("Mounted from team-a/app", -1))
                .hasSize(LAYERS + 1);
        assertThat(events("team-c/mounted", "mounted")).isEqualTo(LAYERS);
    }

    @Test
    void whoMayNotPullTheSourcePushesByUploading() throws Exception {
        Outcome push = tagAndPush(daemon.loggedIn("bob", server.host()), server.host() + "/team-b/uploaded:1");
        assertThat(push.succeeded().output()).contains("Pushed").doesNotContain("Mounted from team-a/app");
        assertThat(events("team-b/uploaded", "mounted")).isZero();
        assertThat(events("team-b/uploaded", "uploaded")).isEqualTo(LAYERS + 1);
    }

    @Test
    void whoMayNotPushToTheTargetIsRefused() throws Exception {
        Outcome push = tagAndPush(daemon.loggedIn("eve", server.host()), server.host() + "/team-b/refused:1");
        assertThat(push.exited(1).errors()).contains("denied: you may not push in \"team-b/refused\"");
        assertThat(push.text()).doesNotContain("Retrying");
        assertThat(events("team-b/refused", "uploaded")).isZero();
        assertThat(events("team-b/refused", "mounted")).isZero();
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreNotLetIn() {
        Program docker = daemon.docker("nobody");
        assertThat(docker.reading("wrong")
                        .run("login", "-u", "ann", "--password-stdin", server.host())
                        .exited(1)
                        .errors())
                .containsIgnoringCase("unauthorized");
        assertThat(docker.reading("wrong")
                        .run("login", "-u", "zoe", "--password-stdin", server.host())
                        .exited(1)
                        .errors())
                .containsIgnoringCase("unauthorized");
        assertThat(docker.run("pull", image).exited(1).errors()).isNotEmpty();
    }
}
