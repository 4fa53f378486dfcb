package dev.dray.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.cli.CommandHost;
import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.MirrorOption;
import dev.dray.http.ListenAddress;
import dev.dray.model.DrayException;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("everybody might push", "--users");
    }

    @Test
    void refusedStartMakesNoStore() {
        Path store = home.resolve("store");
        new CommandHost(home).run("serve", "--store", store.toString(), "--listen", "0.0.0.0:0");

        assertThat(store).doesNotExist();
    }

    @Test
    void enginesStoreForEverybodyNeedsUsersEvenWhereRulesAreGiven() throws IOException {
        Path store = home.resolve("engine");
        Store.open(store, StoreKind.ENGINE).close();
        Path access = Files.writeString(
                home.resolve("access.yml"), "rules: [{repositories: \"**\", anyone: true, actions: [pull]}]");
        for (String[] options : new String[][] {{}, {"--access", access.toString()}}) {
            List<String> arguments =
                    new ArrayList<>(List.of("serve", "--store", store.toString(), "--listen", "0.0.0.0:0"));
            arguments.addAll(List.of(options));
            Ran ran = new CommandHost(home).run(arguments.toArray(String[]::new));

            assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
            assertThat(ran.err()).contains("everybody might read", "--users");
        }
    }

    @Test
    void mirrorsAreNamedByHostOrAddress() {
        assertThat(MirrorOption.parse("build-1:5001")).isEqualTo(new MirrorOption("build-1:5001", false));
        assertThat(MirrorOption.parse("https://build-1")).isEqualTo(new MirrorOption("build-1", false));
        assertThat(MirrorOption.parse("http://[::1]:5001/")).isEqualTo(new MirrorOption("[::1]:5001", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://", "ftp://host", "host/path", "http://user@host", "host:5001?ns=x", "a b"})
    void mirrorsThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> MirrorOption.parse(text))
                .isInstanceOf(DrayException.class)
                .hasMessageContaining("invalid mirror");
    }

    @Test
    void usersFileThatIsNotThereIsNamed() {
        Ran ran = new CommandHost(home).run("serve", "--listen", "127.0.0.1:0", "--users", "/no/users");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("/no/users").doesNotContain("\tat ");
    }

    @Test
    void certificateWithoutItsKeyIsRefused() {
        Ran ran = new CommandHost(home).run("serve", "--listen", "127.0.0.1:0", "--tls-cert", "cert.pem");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
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
