package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.http.ListenAddress;
import dev.dray.model.DrayException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeCommandTest {
    @TempDir
    private Path home = Path.of("");

    @Test
    void addressForEverybodyNeedsUsers() {
        Ran ran = new CommandHost(home).run("serve", "--listen", "0.0.0.0:0");

        assertThat(ran.status()).isEqualTo(CommandRunner.FAILURE);
        assertThat(ran.err()).contains("everybody might push", "--users");
    }

    @Test
    void usersFileThatIsNotThereIsNamed() {
        Ran ran = new CommandHost(home).run("serve", "--listen", "127.0.0.1:0", "--users", "/no/users");

        assertThat(ran.status()).isEqualTo(CommandRunner.FAILURE);
        assertThat(ran.err()).contains("/no/users").doesNotContain("\tat ");
    }

    @Test
    void certificateWithoutItsKeyIsRefused() {
        Ran ran = new CommandHost(home).run("serve", "--listen", "127.0.0.1:0", "--tls-cert", "cert.pem");

        assertThat(ran.status()).isEqualTo(CommandRunner.FAILURE);
        assertThat(ran.err()).contains("--tls-key");
    }

    @Test
    void addressesAreReadAsPeopleWriteThem() {
        assertThat(ListenOption.parse("127.0.0.1:5000")).isEqualTo(new ListenAddress.Tcp("127.0.0.1", 5000));
        assertThat(ListenOption.parse(":80")).isEqualTo(new ListenAddress.Tcp("", 80));
        assertThat(ListenOption.parse("[::1]:80")).isEqualTo(new ListenAddress.Tcp("::1", 80));
        assertThat(ListenOption.parse("unix:/run/dray.sock"))
                .isEqualTo(new ListenAddress.Unix(Path.of("/run/dray.sock")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5000", "host", "host:", "host:70000", "unix:", "a b:1", "::1:80"})
    void addressesThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> ListenOption.parse(text)).isInstanceOf(DrayException.class);
    }

    @Test
    void onlyLoopbackAndSocketsAreLocal() {
        assertThat(ListenOption.isLocal(ListenOption.parse("127.0.0.1:1"))).isTrue();
        assertThat(ListenOption.isLocal(ListenOption.parse("[::1]:1"))).isTrue();
        assertThat(ListenOption.isLocal(ListenOption.parse("unix:/x"))).isTrue();
        assertThat(ListenOption.isLocal(ListenOption.parse(":1"))).isFalse();
        assertThat(ListenOption.isLocal(ListenOption.parse("0.0.0.0:1"))).isFalse();
    }
}
