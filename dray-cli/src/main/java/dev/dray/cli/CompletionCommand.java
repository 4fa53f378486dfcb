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
    private final CommandContext surroundings;

    /// The shells that understand the script.
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private Shell shell = Shell.bash;

    CompletionCommand(CommandContext surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Commands commands = new Commands(surroundings.terminal(), surroundings.environment());
        if (shell == Shell.zsh) {
            surroundings.terminal().result("autoload -U +X bashcompinit && bashcompinit");
        }
        surroundings.terminal().result(AutoComplete.bash("dray", commands.build(Optional.empty())));
        return 0;
    }
}
