package dev.dray.acceptance.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.Background;
import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that cannot start explains the cause in one line.
class StartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// The offset of `user_version` in an SQLite database, big-endian (sqlite.org/fileformat2.html, 1.3).
    private static final int USER_VERSION = 60;

    @TempDir
    Path folder;

    private String failureOf(DrayServer.Plan plan) throws Exception {
        try (Background server = plan.launch()) {
            assertThat(server.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(server.output()).isEmpty();
            assertThat(server.errors()).startsWith("dray: ").doesNotContain("\tat ");
            return server.errors();
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (DrayServer first = DrayServer.start(folder.resolve("first"))) {
            assertThat(failureOf(DrayServer.Plan.in(folder.resolve("second")).options("--listen", first.host())))
                    .contains(first.host());
        }
    }

    @Test
    void anAddressThatOthersReachNeedsUsers() throws Exception {
        assertThat(failureOf(DrayServer.Plan.in(folder).options("--listen", "0.0.0.0:0")))
                .contains("--users", "--access");
    }

    /// The engine's commands need an engine's store; a server accepts either kind, and only reads an engine's.
    @Test
    void aRegistrysStoreIsNoneOfTheEngine() throws Exception {
        try (DrayServer server = DrayServer.start(folder)) {
            server.stop();
        }
        String store = folder.resolve("store").toString();
        assertThat(BuiltCommand.at(folder.resolve("home"))
                        .run("images", "--store", store)
                        .exited(1)
                        .errors())
                .startsWith("dray: ")
                .contains(store, "registry");
    }

    @Test
    void aFileIsNoStore() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThat(failureOf(DrayServer.Plan.in(folder).store(file))).contains(file.toString());
    }

    @Test
    void aStoreOfANewerVersionIsRefusedAndNotTouched() throws Exception {
        try (DrayServer server = DrayServer.start(folder)) {
            server.stop();
        }
        Path database = folder.resolve("store/store.db");
        byte[] newer = Files.readAllBytes(database);
        ByteBuffer.wrap(newer).putInt(USER_VERSION, 99);
        Files.write(database, newer);
        assertThat(failureOf(DrayServer.Plan.in(folder))).contains("99", "newer");
        assertThat(Files.readAllBytes(database)).isEqualTo(newer);
    }

    @Test
    void aCertificateWithoutItsKeyIsRefused() throws Exception {
        assertThat(failureOf(DrayServer.Plan.in(folder).options("--tls-cert", "cert.pem")))
                .contains("--tls-key");
    }
}
