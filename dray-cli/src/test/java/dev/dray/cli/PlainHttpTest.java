package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.layer.tar.TarWriter;
import dev.dray.testkit.MemoryRegistry;
import dev.dray.testkit.MemoryRegistry.Behaviour;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A registry outside loopback and without TLS: reached through itself as a proxy, by a name that only the proxy knows.
class PlainHttpTest {
    private static final int CONTENT = 200_000;
    private static final String NAME = "registry.example:5000/team/app:1";

    @TempDir
    private Path home = Path.of("");

    @AutoClose
    private final MemoryRegistry registry = MemoryRegistry.start(Behaviour.open());

    private CommandHost host = new CommandHost(home);

    PlainHttpTest() throws IOException {}

    @BeforeEach
    void goThroughTheProxy() {
        String proxy = "http://" + registry.host();
        host = new CommandHost(home).with("HTTP_PROXY", proxy).with("HTTPS_PROXY", proxy);
    }

    private void pushPullAndDamage() throws IOException {
        byte[] content = new byte[CONTENT];
        new Random(1).nextBytes(content);
        Path tar = home.resolve("large.tar");
        try (TarWriter writer = new TarWriter(Files.newOutputStream(tar), Instant.EPOCH)) {
            writer.file("content", 0644, CONTENT, new ByteArrayInputStream(content));
        }
        succeed("import", tar.toString(), NAME);
        succeed("push", "--plain-http", NAME);
        host = host.with("DRAY_STORE", home.resolve("other").toString());
        succeed("pull", "--plain-http", NAME);
        try (Stream<Path> packs = Files.list(home.resolve("other/packs"))) {
            for (Path pack : packs.toList()) {
                try (RandomAccessFile bytes = new RandomAccessFile(pack.toFile(), "rw")) {
                    bytes.seek(CONTENT / 2);
                    bytes.write(new byte[8]);
                }
            }
        }
        registry.forgetRequests();
    }

    private Ran succeed(String... arguments) {
        Ran ran = host.run(arguments);
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran;
    }

    private static List<String> saving(Path archive) {
        return List.of("save", NAME, "-o", archive.toString());
    }

    @Test
    void verifyRepairsFromARegistryWithoutTlsWhenToldSo() throws IOException {
        pushPullAndDamage();

        assertThat(host.run("layers", "verify", "--all", "--repair").status()).isEqualTo(ExitCode.FAILURE);
        assertThat(registry.requests()).noneMatch(request -> request.contains("/blobs/"));

        assertThat(succeed("layers", "verify", "--all", "--repair", "--plain-http")
                        .out())
                .contains("repaired from registry.example:5000/team/app");
    }

    @Test
    void saveFetchesADamagedBlobFromARegistryWithoutTlsWhenToldSo() throws IOException {
        pushPullAndDamage();
        Path archive = home.resolve("app.tar");

        Ran refused = host.run(saving(archive).toArray(String[]::new));
        assertThat(refused.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(refused.err()).contains("is damaged in the store", NAME);
        assertThat(archive).doesNotExist();

        succeed(Stream.concat(saving(archive).stream(), Stream.of("--plain-http"))
                .toArray(String[]::new));
        assertThat(archive).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "load"})
    void commandThatAsksNoRegistryDoesNotOfferIt(String command) {
        assertThat(host.run(command, "--help").out()).doesNotContain("--plain-http");
        assertThat(host.run(command, "--plain-http").status()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "import"})
    void searchForEncodersOffersIt(String command) {
        assertThat(host.run("adopt", command, "--help").out()).contains("--plain-http");
    }
}
