package dev.dray.cli;

import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.RootCommand;
import dev.dray.cli.output.Terminal;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Finds the command named by the arguments, runs it, and turns failures into messages and exit codes: 0 for success, 1
/// for failure, 2 for wrong usage.
public final class CommandRunner {
    private final Terminal terminal;
    private final Map<String, String> environment;

    public CommandRunner(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    public int run(String... arguments) {
        CommandLine root = commandLine(arguments);
        if (arguments.length == 0) {
            root.usage(terminal.err());
            return ExitCode.USAGE;
        }
        return root.execute(arguments);
    }

    /// Builds only the requested command when it is known: each one costs start-up time.
    private CommandLine commandLine(String... arguments) {
        Commands commands = new Commands(terminal, environment);
        Optional<String> only = arguments.length == 0
                ? Optional.empty()
                : Optional.of(arguments[0]).filter(commands.names()::contains);
        CommandLine root = commands.build(only);
        root.setOut(writer(terminal.out()));
        root.setErr(writer(terminal.err()));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setExecutionExceptionHandler((failure, commandLine, _) -> report(failure, commandLine));
        root.setParameterExceptionHandler(this::reportUsage);
        return root;
    }

    private static PrintWriter writer(java.io.PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private int reportUsage(ParameterException failure, String... arguments) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        terminal.say("dray: " + firstLine(failure));
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, terminal.err());
        terminal.say("try `" + command + " --help`");
        return ExitCode.USAGE;
    }

    private int report(Exception thrown, CommandLine commandLine) {
        Exception failure = thrown instanceof UncheckedIOException unchecked
                ? Objects.requireNonNull(unchecked.getCause())
                : thrown;
        terminal.out().flush();
        terminal.say("dray: " + message(failure));
        if (failure instanceof DrayException known) {
            terminal.advise(known);
        }
        if (debug(commandLine) || !isExpected(failure)) {
            failure.printStackTrace(terminal.err());
        }
        return ExitCode.FAILURE;
    }

    private static boolean debug(CommandLine commandLine) {
        return commandLine.getCommandSpec().root().userObject() instanceof RootCommand root && root.isDebug();
    }

    private static boolean isExpected(Exception failure) {
        return failure instanceof DrayException || failure instanceof IOException;
    }

    private static String message(Exception failure) {
        return switch (failure) {
            case NoSuchFileException e -> "no such file: " + e.getFile();
            case AccessDeniedException e -> "no permission: " + e.getFile();
            default -> firstLine(failure);
        };
    }

    private static String firstLine(Exception failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        return message.lines().findFirst().orElse(message);
    }
}
