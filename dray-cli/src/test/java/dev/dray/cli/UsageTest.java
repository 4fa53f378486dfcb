package dev.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.cli.CommandHost.Ran;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.output.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {
    @TempDir
    private Path home = Path.of("");

    private Ran run(String... arguments) {
        return new CommandHost(home).run(arguments);
    }

    private static Set<String> commands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Commands(new Terminal(nowhere, nowhere, false, 80), Map.of()).names();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        Ran ran = run(command, "--help");

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: dray " + command).containsPattern("Examples?:\\R  .*dray " + command);
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(run("--help").out()).contains(commands());
    }

    @Test
    void nothingAskedIsWrongUsage() {
        Ran ran = run();

        assertThat(ran.status()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("Usage: dray");
    }

    @Test
    void unknownCommandIsAnsweredWithTheLikelyOne() {
        Ran ran = run("imagse");

        assertThat(ran.status()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("imagse", "images", "dray --help");
    }

    @Test
    void unknownOptionIsAnsweredWithTheLikelyOne() {
        Ran ran = run("images", "--digest");

        assertThat(ran.status()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("--digest", "--digests", "dray images --help");
    }

    @Test
    void missingArgumentIsWrongUsage() {
        assertThat(run("pull").status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void versionIsPrinted() {
        assertThat(run("--version").out()).startsWith("dray ");
    }

    @Test
    void failureIsOneAndOnStandardError() {
        Ran ran = run("inspect", "nothing:here");

        assertThat(ran.status()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("dray: no image")
                .contains("dray images")
                .doesNotContain("\tat ");
    }

    @Test
    void debugPrintsWhereItFailed() {
        assertThat(run("inspect", "nothing:here", "--debug").err()).contains("\tat ");
    }
}
