package dev.dray.cli.layers;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dray layers`: what the store keeps of layers, and the same work on layers as files, without a store.
@Command(
        name = "layers",
        description = "See and decide what the store keeps of layers; make layers again, byte for byte.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  dray layers ls",
            "  dray layers policy set 'localhost:5000/team/**' --keep both",
            "  dray layers convert --all --dry-run",
            "  dray layers census --prove layer.tar.gz",
            "  dray layers split layer.tar.gz --to parts",
            "  dray layers rebuild parts -o again.tar.gz"
        })
public final class LayersCommand implements Callable<Integer> {
    private final CommandContext surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    LayersCommand(CommandContext surroundings) {
        this.surroundings = surroundings;
    }

    /// This command with its subcommands.
    public static CommandLine commandLine(CommandContext surroundings) {
        return new CommandLine(new LayersCommand(surroundings))
                .addSubcommand(new LayersListCommand(surroundings))
                .addSubcommand(new LayersInspectCommand(surroundings))
                .addSubcommand(new LayersVerifyCommand(surroundings))
                .addSubcommand(new LayersConvertCommand(surroundings))
                .addSubcommand(new LayersPinCommand(surroundings))
                .addSubcommand(new LayersUnpinCommand(surroundings))
                .addSubcommand(LayersPolicyCommand.commandLine(surroundings))
                .addSubcommand(new LayersCensusCommand(surroundings))
                .addSubcommand(new LayersSplitCommand(surroundings))
                .addSubcommand(new LayersRebuildCommand(surroundings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.terminal().err());
        return ExitCode.USAGE;
    }
}
