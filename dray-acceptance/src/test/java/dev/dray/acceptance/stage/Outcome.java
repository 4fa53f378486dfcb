package dev.dray.acceptance.stage;

import java.util.List;

/// What a program that ended has left.
///
/// @param output of standard output
/// @param errors of standard error
public record Outcome(List<String> command, int exitCode, String output, String errors) {
    public Outcome {
        command = List.copyOf(command);
    }

    /// This, when the program succeeded.
    public Outcome succeeded() {
        return exited(0);
    }

    /// This, when the program ended with `expected`.
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
