package dev.dray.acceptance.exact;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Commands that are typed one after the other, and a file of what a person saw of them.
final class Transcript {
    private final BuiltCommand dray;
    private final Path file;

    /// @param file is written anew
    Transcript(BuiltCommand dray, Path file) throws IOException {
        this.dray = dray;
        this.file = Files.writeString(file, "");
    }

    /// Types a command, which must succeed.
    ///
    /// @return both streams
    String type(String... words) throws IOException {
        return write(dray.run(words).succeeded(), words);
    }

    /// Types a command that finds something wrong.
    String find(String... words) throws IOException {
        return write(dray.run(words).exited(1), words);
    }

    private String write(Outcome outcome, String... words) throws IOException {
        Files.writeString(
                file, "$ dray %s%n%s%n".formatted(String.join(" ", words), outcome.text()), StandardOpenOption.APPEND);
        return outcome.text();
    }
}
