package dev.dray.cli.adopt;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dray adopt`: its subcommands read the stores of Docker and podman.
@Command(
        name = "adopt",
        description = {
            "Rebuild the original layers of images that Docker or podman unpacked.",
            "",
            "An engine that unpacks a layer drops its compressed bytes; a later push compresses it anew, with",
            "another digest. The engine keeps everything needed to rebuild the original except the compressor's name,",
            "and the digest confirms the right guess. The stores of the engines are read and never written."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  dray adopt check",
            "  dray adopt check docker-daemon:debian:12",
            "  dray adopt ls --root /mnt/old/var/lib/docker"
        })
public final class AdoptCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AdoptCommand(CommandContext context) {
        this.context = context;
    }

    /// This command with its subcommands.
    public static CommandLine commandLine(CommandContext context) {
        return new CommandLine(new AdoptCommand(context))
                .addSubcommand(new AdoptListCommand(context))
                .addSubcommand(new AdoptCheckCommand(context))
                .addSubcommand(new AdoptImportCommand(context));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(context.terminal().err());
        return ExitCode.USAGE;
    }
}
