package dev.dray.acceptance.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.acceptance.stage.UserFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Host B pulls the images of host A by `dray`, while the registry is down.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MirrorTest {
    private Path folder = Path.of("");
    private HostWithImages host;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        host = HostWithImages.start(folder);
    }

    @AfterAll
    void stop() {
        host.close();
    }

    private String mirror() {
        return "http://" + host.mirror().host();
    }

    @Test
    void imageKeepsItsNameAndDigestThroughAMirror() {
        BuiltCommand other = host.otherHost("named");
        String printed = other.print("pull", "--quiet", "--mirror", mirror(), host.image());

        assertThat(printed).isEqualTo(host.image() + ": " + host.digest());
        other.run("verify", host.image()).succeeded();
        assertThat(other.run("pull", "--quiet", host.image()).exitCode()).isNotZero();
    }

    @Test
    void imageIsThereUnderTheMirrorsOwnNameToo() {
        BuiltCommand other = host.otherHost("renamed");
        String image = host.mirror().host() + "/team/app:1";

        assertThat(other.print("pull", "--quiet", image)).isEqualTo(image + ": " + host.digest());
        other.run("verify", image).succeeded();
    }

    @Test
    void whatHostAGetsMeanwhileIsServedAtOnce() throws IOException {
        TestImages.build(folder.resolve("a"), 1, "quay.io/team/later:1");
        BuiltCommand other = host.otherHost("later");

        other.run("pull", "--quiet", "--mirror", mirror(), "quay.io/team/later:1")
                .succeeded();
        host.dray().run("rmi", "quay.io/team/later:1").succeeded();
        assertThat(host.otherHost("too-late")
                        .run("pull", "--quiet", host.mirror().host() + "/quay.io/team/later:1")
                        .errors())
                .contains("404");
    }

    @Test
    void servingMakesNoProcessOfTheStore() {
        host.otherHost("reader").run("pull", "--mirror", mirror(), host.image()).succeeded();

        assertThat(host.store().resolve("processes")).isEmptyDirectory();
        assertThat(host.store().resolve("staging")).isEmptyDirectory();
    }

    @Test
    void pushToAMirrorIsRefusedInWordsThatHelp() {
        BuiltCommand maker = host.otherHost("pusher");
        String image = host.mirror().host() + "/team/app:1";
        maker.run("pull", "--quiet", image).succeeded();
        String other = host.mirror().host() + "/team/new:1";
        maker.run("tag", image, other).succeeded();

        Outcome push = maker.run("push", other);
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.errors()).contains("push to a registry");
    }

    @Test
    void mirrorForOtherHostsServesItsUsersAndNobodyElse() throws IOException, InterruptedException {
        Path users = UserFiles.users(folder.resolve("users"), "ann", "bob");
        Path access = UserFiles.access(
                folder.resolve("access.yml"),
                "{repositories: \"%s/team/*\", users: [ann], actions: [pull]}".formatted(host.registryHost()));
        try (DrayServer guarded = DrayServer.Plan.in(folder.resolve("guarded"))
                .store(host.store())
                .options("--listen", "0.0.0.0:0")
                .access(users, access)
                .start()) {
            String address = "127.0.0.1:" + guarded.port();
            String[] pull = {"pull", "--quiet", "--mirror", "http://" + address, host.image()};

            assertThat(host.otherHost("ann").loggedIn(address, "ann").print(pull))
                    .endsWith(host.digest());
            assertThat(host.otherHost("bob").loggedIn(address, "bob").run(pull).errors())
                    .contains("by mirror", "404");
            assertThat(host.otherHost("nobody").run(pull).errors()).contains("by mirror", "401");
        }
        assertThat(Files.isDirectory(host.store())).isTrue();
    }
}
