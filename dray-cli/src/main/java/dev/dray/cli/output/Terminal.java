package dev.dray.cli.output;

import dev.dray.model.DrayException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The output of a command: results on `out`, everything else on `err`.
///
/// @param interactive true when `err` is a terminal on which lines can be redrawn
/// @param columns width of the terminal
public record Terminal(PrintStream out, PrintStream err, boolean interactive, int columns) {
    private static final int USUAL_COLUMNS = 100;

    /// The process's own streams. The launcher says whether standard error is a terminal, since the JVM cannot
    /// tell.
    public static Terminal ofProcess() {
        boolean interactive = Boolean.getBoolean("dray.interactive")
                && !"dumb".equals(System.getenv("TERM"))
                && System.getenv("NO_COLOR") == null;
        return new Terminal(utf8(System.out), utf8(System.err), interactive, columnsOfEnvironment());
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }

    private static int columnsOfEnvironment() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
    }

    /// Prints a line of the result.
    public void result(String line) {
        out.println(line);
    }

    /// Prints a line for users, beside the result.
    public void say(String line) {
        err.println(line);
    }

    /// Prints a failure and its advice.
    public void complain(String subject, DrayException failure) {
        say("%s: %s".formatted(subject, failure.getMessage()));
        advise(failure);
    }

    /// Prints the advice of a failure, if it has any.
    public void advise(DrayException failure) {
        failure.advice().ifPresent(advice -> say("      " + advice));
    }
}
