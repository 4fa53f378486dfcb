package dev.dray.acceptance.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.PeerRegistry;
import dev.dray.acceptance.stage.Program;
import dev.dray.acceptance.stage.RootlessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images pulled by a podman user without root: the files belong to subordinate IDs, and the user cannot read all of
/// them.
@NeedsPeer(
        value = {Peer.PODMAN, Peer.BUILDAH, Peer.DOCKER_REGISTRY, Peer.CRANE, Peer.MOUNT},
        asRoot = true)
class RootlessTest {
    private static final int OWNER = 33;

    @TempDir
    static Path folder;

    private static RootlessUser user;

    @BeforeAll
    static void pullAndStopTheRegistry() throws Exception {
        user = RootlessUser.in(folder);
        try (PeerRegistry registry = PeerRegistry.start(Peer.DOCKER_REGISTRY, folder.resolve("source"))) {
            String image = registry.host() + "/team/app:1";
            Peer.CRANE
                    .program()
                    .run("append", "--insecure", "--oci-empty-base", "-f", tar().toString(), "-t", image)
                    .succeeded();
            for (String driver : List.of("overlay", "vfs")) {
                user.podman(driver)
                        .run("pull", "--quiet", "--tls-verify=false", image)
                        .succeeded();
            }
        }
    }

    /// A tar with a file that only its owner can read, and a hard link to it.
    private static Path tar() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/etc/ssl"));
        Path secret = Files.writeString(tree.resolve("secret"), "hidden from others\n".repeat(5_000));
        Files.createLink(tree.resolve("linked"), secret);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.setAttribute(secret, "unix:uid", OWNER);
        Files.setAttribute(secret, "unix:gid", OWNER);
        Path tar = folder.resolve("layer.tar");
        Program.of("tar")
                .run("-C", folder.resolve("tree").toString(), "--sort=name", "-cf", tar.toString(), ".")
                .succeeded();
        return tar;
    }

    @AfterAll
    static void stop() throws IOException {
        user.close();
        Program.of("umount").run(user.root("overlay").resolve("overlay").toString());
    }

    private static Path secret(String driver) throws IOException {
        try (var files = Files.walk(user.root(driver))) {
            return files.filter(file -> file.endsWith("etc/ssl/secret"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String[] check(String driver) {
        return new String[] {
            "adopt", "check", "--no-online", "--root", user.root(driver).toString()
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "vfs"})
    void theOwnerIsToldHowToReadWhatBelongsToSubordinateIds(String driver) throws IOException {
        assertThat(Files.getAttribute(secret(driver), "unix:uid")).isEqualTo(RootlessUser.shifted(OWNER));
        Outcome check = user.dray().run(check(driver));
        assertThat(check.exited(1).output()).contains("0 of 1 layers", "no permission to read");
        assertThat(check.errors()).contains("podman unshare dray");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "vfs"})
    void theOwnerReadsAllInHisUserNamespace(String driver) {
        assertThat(user.unsharedDray().run(check(driver)).succeeded().output())
                .contains("1 of 1 layers give back their original blob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlay", "vfs"})
    void rootReadsItToo(String driver) {
        assertThat(BuiltCommand.at(folder.resolve("root-home"))
                        .run(check(driver))
                        .succeeded()
                        .output())
                .contains("1 of 1 layers give back their original blob");
    }
}
