package dev.dray.cli;

import dev.dray.cli.output.Terminal;

/// The entry point of the `dray` command.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int status = new CommandRunner(Terminal.ofProcess(), System.getenv()).run(arguments);
        System.out.flush();
        if (status != 0) { // at the end of main the JVM ends as well, and faster: exit brings the logging system up
            System.exit(status);
        }
    }
}
