package dev.dray.acceptance.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.NeedsPeer;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.TestImages;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A session of an administrator on a store of twenty images by several tools: listing, policy, and a damaged pack.
/// Writes the transcript to `target/administrator.txt`.
@NeedsPeer(
        value = {Peer.BUILDAH, Peer.PODMAN, Peer.CRANE, Peer.PIGZ, Peer.DOCKERD, Peer.DOCKER},
        asRoot = true)
class AdministratorTest {
    private static final int IMAGES = 20;
    /// The number of layers without a recipe: the one in zstd.
    private static final int VERBATIM = 1;

    private static final int TEAM_LAYERS = 4;

    @TempDir
    Path folder;

    @Test
    void inspectsDecidesAndRepairs() throws Exception {
        Path home = folder.resolve("home");
        Path store = TestImages.store(home);
        Transcript session = new Transcript(BuiltCommand.at(home), Path.of("target/administrator.txt"));
        try (DrayServer server = DrayServer.start(folder.resolve("registry"))) {
            String host = server.host();
            List<String> names = TwentyImages.push(folder.resolve("maker"), host);
            assertThat(names).hasSize(IMAGES);
            for (String name : names) {
                session.type("pull", name);
            }

            assertThat(session.type("images").lines()).hasSize(1 + IMAGES).noneMatch(line -> line.contains("years"));
            assertThat(session.type("layers", "ls")).contains("pgzip", "go 1.8", "gnu-gzip", "pigz", "zstd");
            assertThat(session.type("df")).contains("contents in ", host + "/base/os:1 and 1 more");
            assertThat(StoreFiles.blobs(store)).hasSize(VERBATIM);

            decide(session, store, host);
            damage(session, store, host);
        }
    }

    private static void decide(Transcript session, Path store, String host) throws Exception {
        session.type("layers", "policy", "set", host + "/team/**", "--keep", "both");
        assertThat(session.type("layers", "policy", "show")).contains("team/**", "both", "all others");
        assertThat(session.type("layers", "convert", "--all", "--dry-run").lines())
                .filteredOn(line -> line.contains("rebuild the file"))
                .hasSize(TEAM_LAYERS);
        assertThat(StoreFiles.blobs(store)).hasSize(VERBATIM);
        session.type("layers", "convert", "--all", "--quiet");
        assertThat(StoreFiles.blobs(store)).hasSize(VERBATIM + TEAM_LAYERS);

        session.type("layers", "policy", "unset", host + "/team/**");
        session.type("layers", "pin", host + "/team/web:1");
        session.type("layers", "convert", "--all", "--quiet");
        assertThat(StoreFiles.blobs(store)).hasSize(VERBATIM + 2);
        assertThat(session.type("layers", "ls", host + "/team/web:1")).contains("blob (pinned)");
        session.type("layers", "unpin", host + "/team/web:1");
        session.type("layers", "convert", "--all", "--quiet");
        assertThat(StoreFiles.blobs(store)).hasSize(VERBATIM);
        assertThat(session.type("layers", "inspect", host + "/base/os:2")).contains(host + "/team/api:1", "seen at");
    }

    private static void damage(Transcript session, Path store, String host) throws Exception {
        assertThat(session.type("layers", "verify", "--all", "--quiet")).contains("0 problems");

        turnBit(StoreFiles.largestPack(store));
        assertThat(session.type("fsck")).contains("all is well");
        assertThat(session.find("fsck", "--deep")).contains("is damaged", "suffers: ");
        assertThat(session.find("layers", "verify", "--all", "--quiet")).contains("not repaired", "--repair");
        assertThat(session.type("layers", "verify", "--all", "--repair", "--quiet"))
                .contains("repaired from " + host);
        assertThat(session.type("layers", "verify", "--all", "--quiet")).contains("0 problems");
        assertThat(session.type("prune", "--dry-run")).contains("would free", "pack");
        session.type("prune");
        assertThat(session.type("fsck", "--deep")).contains("all is well");
        assertThat(StoreFiles.blobs(store)).hasSize(VERBATIM);
        session.type("verify", "--quiet");
    }

    private static void turnBit(Path file) throws Exception {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(bytes.length() / 2);
            int value = bytes.read();
            bytes.seek(bytes.length() / 2);
            bytes.write(value ^ 1);
        }
    }
}
