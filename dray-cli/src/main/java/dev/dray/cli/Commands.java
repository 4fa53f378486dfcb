package dev.dray.cli;

import dev.dray.cli.adopt.AdoptCommand;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.RootCommand;
import dev.dray.cli.image.CopyCommand;
import dev.dray.cli.image.HistoryCommand;
import dev.dray.cli.image.ImagesCommand;
import dev.dray.cli.image.ImportCommand;
import dev.dray.cli.image.InspectCommand;
import dev.dray.cli.image.LoadCommand;
import dev.dray.cli.image.LoginCommand;
import dev.dray.cli.image.LogoutCommand;
import dev.dray.cli.image.PullCommand;
import dev.dray.cli.image.PushCommand;
import dev.dray.cli.image.RemoveCommand;
import dev.dray.cli.image.SaveCommand;
import dev.dray.cli.image.TagCommand;
import dev.dray.cli.image.VerifyCommand;
import dev.dray.cli.layers.LayersCommand;
import dev.dray.cli.output.Terminal;
import dev.dray.cli.quickstart.QuickstartCommand;
import dev.dray.cli.serve.ServeCommand;
import dev.dray.cli.store.BackupCommand;
import dev.dray.cli.store.DiskCommand;
import dev.dray.cli.store.FsckCommand;
import dev.dray.cli.store.PruneCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/// All commands, in the order in which the help lists them.
final class Commands {
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    Commands(Terminal terminal, Map<String, String> environment) {
        CommandContext surroundings = new CommandContext(terminal, environment);
        commands.put("quickstart", () -> new QuickstartCommand(surroundings));
        commands.put("pull", () -> new PullCommand(surroundings));
        commands.put("push", () -> new PushCommand(surroundings));
        commands.put("copy", () -> new CopyCommand(surroundings));
        commands.put("tag", () -> new TagCommand(surroundings));
        commands.put("images", () -> new ImagesCommand(surroundings));
        commands.put("inspect", () -> new InspectCommand(surroundings));
        commands.put("history", () -> new HistoryCommand(surroundings));
        commands.put("rmi", () -> new RemoveCommand(surroundings));
        commands.put("prune", () -> new PruneCommand(surroundings));
        commands.put("import", () -> new ImportCommand(surroundings));
        commands.put("load", () -> new LoadCommand(surroundings));
        commands.put("save", () -> new SaveCommand(surroundings));
        commands.put("verify", () -> new VerifyCommand(surroundings));
        commands.put("df", () -> new DiskCommand(surroundings));
        commands.put("fsck", () -> new FsckCommand(surroundings));
        commands.put("backup", () -> new BackupCommand(surroundings));
        commands.put("layers", () -> LayersCommand.commandLine(surroundings));
        commands.put("adopt", () -> AdoptCommand.commandLine(surroundings));
        commands.put("login", () -> new LoginCommand(surroundings));
        commands.put("logout", () -> new LogoutCommand(surroundings));
        commands.put("serve", () -> new ServeCommand(surroundings));
        commands.put("completion", () -> new CompletionCommand(surroundings));
    }

    Set<String> names() {
        return commands.keySet();
    }

    /// The command line with one of the commands, or with all of them.
    CommandLine build(Optional<String> only) {
        CommandLine root = new CommandLine(new RootCommand());
        commands.forEach((name, command) -> {
            if (only.isEmpty() || only.get().equals(name)) {
                root.addSubcommand(name, command.get());
            }
        });
        return root;
    }
}
