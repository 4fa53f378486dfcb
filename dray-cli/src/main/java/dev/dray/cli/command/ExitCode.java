package dev.dray.cli.command;

/// Exit codes of the command besides 0 for success.
public final class ExitCode {
    /// The command ran and failed.
    public static final int FAILURE = 1;

    /// The arguments were wrong; nothing was done.
    public static final int USAGE = 2;

    private ExitCode() {}
}
