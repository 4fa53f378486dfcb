package dev.dray.client.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginStoreTest {
    private static final Credentials ANN = new Credentials.Password("ann", "se:cret");
    private static final String ANN_ENCODED = "YW5uOnNlOmNyZXQ=";

    @TempDir
    Path home;

    private Map<String, String> environment() {
        return Map.of("HOME", home.toString(), "DOCKER_CONFIG", docker().toString(), "PATH", home + ":/usr/bin:/bin");
    }

    private Path docker() {
        return home.resolve("docker");
    }

    private Path config() {
        return docker().resolve("config.json");
    }

    private LoginStore store() {
        return LoginStore.of(environment(), Duration.ofSeconds(20));
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /// A helper that keeps one entry in a file and counts its runs.
    private void installHelper() throws IOException {
        Path script = home.resolve("docker-credential-test");
        write(script, """
            #!/bin/sh
            echo "$1" >> "$HOME/runs"
            case "$1" in
            get)
                read -r server
                if [ -f "$HOME/kept" ] && grep -q "$server" "$HOME/kept"; then cat "$HOME/kept"
                else echo "credentials not found in native keychain"; exit 1; fi ;;
            store) cat > "$HOME/kept" ;;
            erase) rm "$HOME/kept" ;;
            esac
            """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void entriesOfDockersFileAreFound() throws IOException {
        write(config(), """
            {"auths": {
                "https://index.docker.io/v1/": {"auth": "%s"},
                "localhost:5000": {"username": "bob", "password": "pw"},
                "https://old.example.org/v2/": {"auth": "%s"},
                "token.example.org": {"auth": "eDp5", "identitytoken": "refresh"}
            }}\
            """.formatted(ANN_ENCODED, ANN_ENCODED));

        assertThat(store().find("docker.io")).contains(ANN);
        assertThat(store().find("localhost:5000")).contains(new Credentials.Password("bob", "pw"));
        assertThat(store().find("old.example.org")).contains(ANN);
        assertThat(store().find("token.example.org")).contains(new Credentials.IdentityToken("refresh"));
        assertThat(store().find("example.org")).isEmpty();
    }

    @Test
    void podmansFileIsAskedAfterDockers() throws IOException {
        write(home.resolve(".config/containers/auth.json"), """
            {"auths": {"quay.io": {"auth": "%s"}}}\
            """.formatted(ANN_ENCODED));

        assertThat(store().find("quay.io")).contains(ANN);
    }

    @Test
    void loginKeepsUnknownMembersAndIsReadableByItsOwnerAlone() throws IOException {
        write(config(), """
            {"HttpHeaders": {"X": "y"}, "auths": {"other": {"auth": "eDp5"}}}\
            """);

        String place = store().store("docker.io", ANN);

        assertThat(place).isEqualTo(config().toString());
        assertThat(Files.readString(config()))
                .contains("\"HttpHeaders\"", "\"other\"", "\"https://index.docker.io/v1/\"", ANN_ENCODED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config())))
                .isEqualTo("rw-------");
        assertThat(store().find("docker.io")).contains(ANN);
        assertThat(docker()).isDirectoryNotContaining(file -> !file.endsWith("config.json"));
    }

    @Test
    void logoutForgets() {
        LoginStore logins = store();
        var _ = logins.store("localhost:5000", ANN);

        assertThat(logins.erase("localhost:5000")).isTrue();
        assertThat(logins.find("localhost:5000")).isEmpty();
        assertThat(logins.erase("localhost:5000")).isFalse();
    }

    @Test
    void aHelperKeepsWhatItIsGivenAndIsAskedOnce() throws IOException {
        installHelper();
        write(config(), "{\"credsStore\": \"test\"}");
        LoginStore logins = store();

        assertThat(logins.store("registry.example.org", ANN)).isEqualTo("docker-credential-test");
        assertThat(Files.readString(config())).doesNotContain(ANN_ENCODED).contains("registry.example.org");
        assertThat(logins.find("registry.example.org")).contains(ANN);
        assertThat(logins.find("registry.example.org")).contains(ANN);
        assertThat(Files.readAllLines(home.resolve("runs"))).containsExactly("store", "get");
        assertThat(logins.erase("registry.example.org")).isTrue();
        assertThat(logins.find("registry.example.org")).isEmpty();
    }

    @Test
    void aHelperForOneHostIsNotAskedForOthers() throws IOException {
        installHelper();
        write(config(), "{\"credHelpers\": {\"one.example.org\": \"test\"}}");
        write(home.resolve("kept"), """
            {"ServerURL": "one.example.org", "Username": "<token>", "Secret": "refresh"}\
            """);

        assertThat(store().find("two.example.org")).isEmpty();
        assertThat(home.resolve("runs")).doesNotExist();
        assertThat(store().find("one.example.org")).contains(new Credentials.IdentityToken("refresh"));
    }

    @Test
    void aHelperThatHangsIsEnded() throws IOException {
        Path script = home.resolve("docker-credential-slow");
        write(script, "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        write(config(), "{\"credsStore\": \"slow\"}");
        LoginStore logins = LoginStore.of(environment(), Duration.ofMillis(300));

        assertThatThrownBy(() -> logins.find("registry.example.org"))
                .isInstanceOf(DrayException.class)
                .hasMessageContaining("docker-credential-slow get did not answer");
    }

    @Test
    void aHelperThatIsNotInstalledOrHasNoProperNameIsNamed() throws IOException {
        write(config(), "{\"credsStore\": \"absent\"}");
        assertThatThrownBy(() -> store().find("a.example.org")).hasMessageContaining("docker-credential-absent");

        write(config(), "{\"credsStore\": \"../../bin/sh\"}");
        assertThatThrownBy(() -> store().find("a.example.org"))
                .isInstanceOfSatisfying(
                        DrayException.class, e -> assertThat(e.kind()).isEqualTo(DrayException.Kind.INVALID));
    }

    @Test
    void aMalformedEntryIsReportedWithoutItsSecret() throws IOException {
        write(config(), "{\"auths\": {\"a.example.org\": {\"auth\": \"bm9jb2xvbg==\"}}}");

        assertThatThrownBy(() -> store().find("a.example.org"))
                .hasMessageContaining("config.json")
                .hasMessageNotContaining("bm9jb2xvbg");
    }
}
