package dev.dray.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A hostile archive is refused with a reason, and leaves no trace in the store or elsewhere.
class HostileArchiveTest {
    @TempDir
    static Path folder;

    private static BuiltCommand dray;
    private static List<String> before;

    @BeforeAll
    static void makeAnImage() throws Exception {
        Path home = folder.resolve("home");
        TestImages.build(home, 1, "127.0.0.1:1/team/own:1");
        dray = BuiltCommand.at(home);
        dray.run("verify", "--quiet").succeeded();
        before = state();
    }

    @ParameterizedTest
    @MethodSource("dev.dray.acceptance.faults.HostileArchive#all")
    void isRefusedAndLeavesNothing(HostileArchive hostile) throws Exception {
        Path archive =
                Files.write(folder.resolve("hostile.tar"), hostile.bytes().toByteArray());

        Outcome refused = dray.run("load", "--quiet", "-i", archive.toString()).exited(1);

        assertThat(refused.errors()).contains("dray: ", hostile.words()).doesNotContain("\tat ");
        assertThat(refused.output()).isEmpty();
        assertThat(state()).isEqualTo(before);
        assertThat(Path.of("/tmp/escaped")).doesNotExist();
    }

    /// The images, and every file in the store and beside it.
    private static List<String> state() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return Stream.concat(
                            dray.print("images").lines(),
                            files.filter(Files::isRegularFile)
                                    .map(Path::toString)
                                    .filter(file -> !file.endsWith("hostile.tar")))
                    .sorted()
                    .toList();
        }
    }
}
