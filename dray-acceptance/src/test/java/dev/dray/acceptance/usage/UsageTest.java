package dev.dray.acceptance.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @TempDir
    Path home;

    private BuiltCommand dray;

    @BeforeEach
    void startWithNothing() {
        dray = BuiltCommand.at(home);
    }

    @Test
    void anUnknownCommandIsWrongUsageAndSuggestsTheRightOne() {
        Outcome outcome = dray.run("pul").exited(2);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).contains("pul", "dray pull", "--help");
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        Outcome outcome = dray.run("pull", "--platfrom", "all", "debian").exited(2);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).contains("--platfrom", "--platform");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push", "copy", "tag", "inspect", "history", "rmi", "import", "save"})
    void aCommandWithoutItsNamesIsWrongUsage(String command) {
        Outcome outcome = dray.run(command).exited(2);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).startsWith("dray: ").contains("dray " + command + " --help");
    }

    @Test
    void noCommandAtAllPrintsTheHelp() {
        assertThat(dray.run().exited(2).errors()).contains("Usage: dray", "quickstart");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '\"\"'",
        "a//b, '\"a//b\"'",
        "127.0.0.1:5000/, '\"127.0.0.1:5000/\"'",
        "127.0.0.1:5000/Upper/case, Upper/case",
        "a:b:c, '\"b:c\"'",
        "a@sha256:123, '\"sha256:123\"'",
        "a b, '\"a b\"'"
    })
    void aMalformedNameIsRefusedInOneLineThatQuotesWhatIsWrong(String name, String quoted) {
        Outcome outcome = dray.run("pull", name).exited(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors()).startsWith("dray: ").contains(quoted).doesNotContain("	at ");
    }

    @Test
    void aNameThatIsNotInTheStoreIsSaidSo() {
        assertThat(dray.run("push", "127.0.0.1:1/absent/app:1").exited(1).errors())
                .contains("no image", "absent/app");
        assertThat(dray.run("inspect", "absent").exited(1).errors()).contains("no image", "absent");
        assertThat(dray.run("rmi", "absent").exited(1).errors()).contains("no image", "absent");
        assertThat(dray.run("tag", "absent", "other").exited(1).errors()).contains("no image", "absent");
    }

    @Test
    void anEmptyStoreListsNoImages() {
        Outcome outcome = dray.run("images").succeeded();
        assertThat(outcome.output()).startsWith("REPOSITORY").hasLineCount(1);
        assertThat(dray.print("images", "-q")).isEmpty();
        assertThat(dray.print("images", "--format", "json")).isEmpty();
    }
}
