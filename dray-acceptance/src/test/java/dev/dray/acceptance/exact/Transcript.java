package dev.dray.acceptance.exact;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Runs commands one after the other, and writes a transcript to a file.
final class Transcript {
    private final BuiltCommand dray;
    private final Path file;

    /// @param file is overwritten
    Transcript(BuiltCommand dray, Path file) throws IOException {
        this.dray = dray;
        this.file = Files.writeString(file, "");
    }

    /// Runs a command that must succeed.
    ///
    /// @return both streams
    String type(String... words) throws IOException {
        return write(dray.run(words).succeeded(), words);
    }

    /// Runs a command that must report a problem.
    String find(String... words) throws IOException {
        return write(dray.run(words).exited(1), words);
    }

    private String write(Outcome outcome, String... words) throws IOException {
        Files.writeString(
                file, "$ dray %s%n%s%n".formatted(String.join(" ", words), outcome.text()), StandardOpenOption.APPEND);
        return outcome.text();
    }
}
