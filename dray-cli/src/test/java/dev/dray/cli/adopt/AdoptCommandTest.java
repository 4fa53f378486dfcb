package dev.dray.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost;
import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptCommandTest {
    @TempDir
    private Path home = Path.of("");

    private Ran run(String... arguments) {
        return new CommandHost(home).run(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "check", "import"})
    void everySubcommandExplainsItselfWithExamples(String command) {
        Ran ran = run("adopt", command, "--help");
        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .startsWith("Usage: dray adopt " + command)
                .containsPattern("Examples:\\R  .*dray adopt " + command)
                .contains("--root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "check", "import"})
    void aFolderThatIsNoStoreIsNamed(String command) {
        Ran ran = run("adopt", command, "--root", home.toString());
        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("no images of containers/storage in", home.toString());
    }

    @Test
    void aNameWithoutAnEngineIsRefused() {
        Ran ran = run("adopt", "check", "debian:12");
        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("docker-daemon:IMAGE", "containers-storage:IMAGE");
    }

    @Test
    void storesOfOtherEnginesAreNoTargets() {
        Ran ran = run("copy", "debian:12", "docker-daemon:debian:12");
        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("only read", "docker-archive");
    }

    @Test
    void whetherToAskTheRegistryIsSaidEitherWay() {
        assertThat(run("adopt", "check", "--help").out()).contains("--[no-]online");
        for (String option : new String[] {"--online", "--no-online"}) {
            assertThat(run("adopt", "check", option, "--root", home.toString()).err())
                    .contains("no images");
        }
    }
}
