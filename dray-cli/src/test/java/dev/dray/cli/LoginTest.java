package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.HostArgument;
import dev.dray.registry.access.AccessListener;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.PasswordFile;
import dev.dray.registry.server.EmbeddedRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
    @TempDir
    private Path home = Path.of("");

    private Ran login(EmbeddedRegistry registry, String password) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            return new CommandHost(home).run("login", "-u", "ann", "--password-stdin", registry.address());
        } finally {
            System.setIn(before);
        }
    }

    private EmbeddedRegistry registry() throws IOException {
        Path users = Files.writeString(home.resolve("users"), PasswordFile.entry("ann", "secret") + "\n");
        Admission admission = Admission.ofFiles(Optional.of(users), Optional.empty(), AccessListener.SILENT);
        return EmbeddedRegistry.configure().withAdmission(admission).start();
    }

    @Test
    void passwordFromStandardInputIsKeptAsDockerKeepsIt() throws IOException {
        try (EmbeddedRegistry registry = registry()) {
            Ran ran = login(registry, "secret");

            assertThat(ran.status()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("succeeded");
            assertThat(Files.readString(home.resolve(".docker/config.json")))
                    .contains("auths", registry.address(), "YW5uOnNlY3JldA==");
            Ran logout = new CommandHost(home).run("logout", registry.address());
            assertThat(logout.out()).contains("removed");
            assertThat(Files.readString(home.resolve(".docker/config.json"))).doesNotContain("YW5uOnNlY3JldA==");
        }
    }

    @Test
    void wrongPasswordIsRefusedAndNotKept() throws IOException {
        try (EmbeddedRegistry registry = registry()) {
            Ran ran = login(registry, "wrong");

            assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
            assertThat(ran.err()).startsWith("dray: ").doesNotContain("wrong\"", "\tat ");
            assertThat(home.resolve(".docker/config.json")).doesNotExist();
        }
    }

    @Test
    void passwordWithoutAnyInputIsAskedForByName() throws IOException {
        try (EmbeddedRegistry registry = registry()) {
            assertThat(login(registry, "").err()).contains("standard input holds no password");
        }
    }

    @Test
    void hostWithoutDomainOrPortIsNotTakenForDockerHub() {
        Ran ran = new CommandHost(home).run("login", "-u", "ann", "--password-stdin", "registry");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("docker.io", "registry:5000");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io, docker.io",
        "https://index.docker.io/v1/, docker.io",
        "localhost, localhost",
        "https://quay.io, quay.io",
        "registry:5000, registry:5000"
    })
    void hostIsReadAsDockersUsersWriteIt(String text, String host) {
        assertThat(HostArgument.parse(text)).isEqualTo(host);
    }
}
