package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.HostArgument;
import dev.dray.client.credentials.LoginStore;
import dev.dray.client.memory.HostFacts;
import dev.dray.client.memory.HostMemory;
import dev.dray.model.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `dray logout`.
@Command(
        name = "logout",
        description = "Forget the login of a registry.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  dray logout localhost:5000"})
public final class LogoutCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "HOST", description = "the registry's host[:port]; default: docker.io")
    private String host = Reference.DOCKER_HUB;

    public LogoutCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String registry = HostArgument.parse(host);
        boolean known = LoginStore.of(context.environment()).erase(registry);
        HostMemory memory = context.hostMemory();
        memory.change(registry, HostFacts::withoutTokens);
        memory.flush();
        context.terminal().result(known ? "login of %s removed".formatted(registry) : "not logged in to " + registry);
        return 0;
    }
}
