package dev.dray.acceptance.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
    private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z]+)(?:, [a-z]+)?  +\\S");

    @TempDir
    Path home;

    private List<String> commands() {
        String help = BuiltCommand.at(home).run("--help").succeeded().output();
        String listed = help.substring(help.indexOf("Commands:"));
        return LISTED.matcher(listed).results().map(match -> match.group(1)).toList();
    }

    @Test
    void theHelpListsWhatAPersonLooksFor() {
        assertThat(commands())
                .contains("pull", "push", "tag", "images", "inspect", "rmi", "import", "verify", "login", "logout")
                .contains("serve", "quickstart");
    }

    @TestFactory
    Stream<DynamicTest> everyCommandExplainsItself() {
        return commands().stream()
                .map(command -> DynamicTest.dynamicTest(command, () -> {
                    Outcome help = BuiltCommand.at(home).run(command, "--help").succeeded();
                    assertThat(help.errors()).isEmpty();
                    assertThat(help.output())
                            .startsWith("Usage: dray " + command)
                            .containsAnyOf("Example", "Needs no network", "Forget");
                }));
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(BuiltCommand.at(home).print("--version")).containsPattern("\\d+\\.\\d+\\.\\d+");
    }
}
