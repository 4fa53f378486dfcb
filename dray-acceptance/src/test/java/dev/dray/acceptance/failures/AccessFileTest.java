package dev.dray.acceptance.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.Background;
import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.acceptance.stage.UserFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users and access files that do not parse, and wrong passwords.
class AccessFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path users;
    private Path access;

    @BeforeEach
    void writeFilesThatParse() throws Exception {
        users = UserFiles.users(folder.resolve("users"), "ann");
        access = UserFiles.access(
                folder.resolve("access.yml"), "{repositories: \"team-a/**\", users: [ann], actions: [pull, push]}");
    }

    @Test
    void oneThatDoesNotParseKeepsTheServerFromStarting() throws Exception {
        Files.writeString(access, "rules: [{repositories: \"team-a/**\", users: [ann], actions: [fly]}]\n");
        try (Background server =
                DrayServer.Plan.in(folder).access(users, access).launch()) {
            assertThat(server.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(server.errors()).startsWith("dray: ").contains("access.yml", "fly");
        }
    }

    @Test
    void oneThatIsAbsentKeepsTheServerFromStarting() throws Exception {
        try (Background server = DrayServer.Plan.in(folder)
                .access(users, folder.resolve("absent.yml"))
                .launch()) {
            assertThat(server.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(server.errors()).startsWith("dray: ").contains("absent.yml");
        }
    }

    @Test
    void oneThatNoLongerParsesLeavesTheOldRulesInForce() throws Exception {
        BuiltCommand dray = BuiltCommand.at(folder.resolve("home"));
        try (DrayServer server =
                DrayServer.Plan.in(folder).access(users, access).start()) {
            dray.loggedIn(server.host(), "ann");
            TestImages.build(folder.resolve("home"), 1, server.host() + "/team-a/app:1");
            dray.run("push", server.host() + "/team-a/app:1").succeeded();

            Files.writeString(access, "rules: {");
            server.awaitNotice("the previous content stays in force");
            dray.run("pull", server.host() + "/team-a/app:1").succeeded();

            UserFiles.access(access, "{repositories: \"team-b/**\", users: [ann], actions: [pull, push]}");
            server.awaitNotice(" reloaded");
            assertThat(dray.run("pull", server.host() + "/team-a/app:1")
                            .exited(1)
                            .errors())
                    .startsWith("dray: ");
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreRefusedAlike() throws Exception {
        BuiltCommand dray = BuiltCommand.at(folder.resolve("home"));
        try (DrayServer server =
                DrayServer.Plan.in(folder).access(users, access).start()) {
            for (String user : new String[] {"ann", "zoe"}) {
                assertThat(dray.reading("wrong\n")
                                .run("login", "--username", user, "--password-stdin", server.host())
                                .exited(1)
                                .errors())
                        .startsWith("dray: ")
                        .contains(server.host());
            }
            assertThat(folder.resolve("home/docker/config.json")).doesNotExist();
            assertThat(dray.run("pull", server.host() + "/team-a/app:1")
                            .exited(1)
                            .errors())
                    .contains("dray login");
        }
    }
}
