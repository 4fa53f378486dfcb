package dev.dray.acceptance.stage;

import java.util.List;

/// The result of a program.
///
/// @param output of standard output
/// @param errors of standard error
public record Outcome(List<String> command, int exitCode, String output, String errors) {
    public Outcome {
        command = List.copyOf(command);
    }

    /// Returns this if the program succeeded, otherwise fails.
    public Outcome succeeded() {
        return exited(0);
    }

    /// Returns this if the exit code is `expected`, otherwise fails.
    public Outcome exited(int expected) {
        if (exitCode != expected) {
            throw new AssertionError("expected exit code " + expected + " of " + this);
        }
        return this;
    }

    /// Both streams, the errors last.
    public String text() {
        return output + errors;
    }

    @Override
    public String toString() {
        return "%s: exit code %d%n--- standard output%n%s--- standard error%n%s"
                .formatted(String.join(" ", command), exitCode, output, errors);
    }
}
