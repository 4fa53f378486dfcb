package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.HostArgument;
import dev.dray.client.RegistryClient;
import dev.dray.client.credentials.Credentials;
import dev.dray.client.credentials.LoginStore;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray login`.
@Command(
        name = "login",
        description = "Check a name and password with a registry, and store them where docker stores its logins.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Prompts for the password, or reads it from standard input; it is never an argument.",
            "",
            "Example:",
            "  pass show registry | dray login -u ann --password-stdin localhost:5000"
        })
public final class LoginCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "HOST", description = "the registry's host[:port]; default: docker.io")
    private String host = Reference.DOCKER_HUB;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "the user name")
    private @Nullable String username;

    @Option(names = "--password-stdin", description = "read the password from standard input")
    private boolean passwordFromInput;

    @Option(names = "--plain-http", description = "connect to the registry without TLS (not needed for loopback)")
    private boolean plainHttp;

    public LoginCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String registry = HostArgument.parse(host);
        Credentials.Password given = ask();
        Credentials proven;
        try (RegistryClient client = RegistryClient.open(context.clientOptions()
                .plainHttp(plainHttp ? Set.of(registry) : Set.of())
                .build())) {
            proven = client.authenticate(registry, given);
        }
        String place = LoginStore.of(context.environment()).store(registry, proven);
        context.terminal().result("login to %s succeeded".formatted(registry));
        context.terminal().say("stored in " + place);
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // without a terminal JDK 25 gives none, whatever JDK 22 to 24 did
    private Credentials.Password ask() throws IOException {
        if (passwordFromInput) {
            if (username == null) {
                throw usage("the user name is missing", "give it with --username");
            }
            return new Credentials.Password(username, firstLineOfInput());
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw usage("there is no terminal to ask for the password on", "give --username NAME --password-stdin");
        }
        String name = username != null ? username : answer(console.readLine("Username: "));
        char[] password = console.readPassword("Password: ");
        return new Credentials.Password(name, answer(password == null ? null : new String(password)));
    }

    private static String answer(@Nullable String typed) {
        if (typed == null || typed.isEmpty()) {
            throw usage("nothing was typed", "give a name and a password");
        }
        return typed;
    }

    private static String firstLineOfInput() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = reader.readLine();
        if (line == null || line.isEmpty()) {
            throw usage(
                    "standard input holds no password", "write it there, as in: dray login --password-stdin < FILE");
        }
        return line;
    }

    private static DrayException usage(String what, String advice) {
        return new DrayException(DrayException.Kind.INVALID, what).advising(advice);
    }
}
