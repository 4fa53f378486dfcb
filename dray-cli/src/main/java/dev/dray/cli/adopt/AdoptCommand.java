package dev.dray.cli.adopt;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dray adopt`: its subcommands look into the stores of Docker and podman.
@Command(
        name = "adopt",
        description = {
            "Get the original layers out of what Docker or podman unpacked.",
            "",
            "An engine that unpacks a layer drops its compressed bytes; what it pushes later is compressed anew and"
                    + " has",
            "another digest. It keeps all that is needed to make the original again but the name of the compressor,"
                    + " and",
            "the digest tells when that was guessed right. The stores of the engines are read and never written."
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
    private final CommandContext surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AdoptCommand(CommandContext surroundings) {
        this.surroundings = surroundings;
    }

    /// This command with its subcommands.
    public static CommandLine commandLine(CommandContext surroundings) {
        return new CommandLine(new AdoptCommand(surroundings))
                .addSubcommand(new AdoptListCommand(surroundings))
                .addSubcommand(new AdoptCheckCommand(surroundings))
                .addSubcommand(new AdoptImportCommand(surroundings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.terminal().err());
        return ExitCode.USAGE;
    }
}
