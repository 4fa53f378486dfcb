package dev.dray.cli;

import dev.dray.cli.command.CommandContext;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `dray completion`.
@Command(
        name = "completion",
        description = "Print a script that completes dray's commands and options in bash and zsh.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  source <(dray completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    private final CommandContext context;

    /// The supported shells.
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private Shell shell = Shell.bash;

    CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Commands commands = new Commands(context.terminal(), context.environment());
        if (shell == Shell.zsh) {
            context.terminal().result("autoload -U +X bashcompinit && bashcompinit");
        }
        context.terminal().result(AutoComplete.bash("dray", commands.build(Optional.empty())));
        return 0;
    }
}
