package dev.dray.cli.layers;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dray layers`: the stored form of layers, and the same operations on layers as files, without a store.
@Command(
        name = "layers",
        description = "Inspect and control how the store keeps layers; rebuild layers byte for byte.",
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
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    LayersCommand(CommandContext context) {
        this.context = context;
    }

    /// This command with its subcommands.
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new LayersCommand(context))
                .addSubcommand(new LayersListCommand(context))
                .addSubcommand(new LayersInspectCommand(context))
                .addSubcommand(new LayersVerifyCommand(context))
                .addSubcommand(new LayersConvertCommand(context))
                .addSubcommand(new LayersPinCommand(context))
                .addSubcommand(new LayersUnpinCommand(context))
                .addSubcommand(LayersPolicyCommand.commandLine(context))
                .addSubcommand(new LayersCensusCommand(context))
                .addSubcommand(new LayersSplitCommand(context))
                .addSubcommand(new LayersRebuildCommand(context));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(context.terminal().err());
        return ExitCode.USAGE;
    }
}
