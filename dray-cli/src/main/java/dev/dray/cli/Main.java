package dev.dray.cli;

/// Where the `dray` command starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int status = new CommandRunner(Terminal.ofProcess(), System.getenv()).run(arguments);
        System.out.flush();
        System.exit(status);
    }
}
