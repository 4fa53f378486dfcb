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

/// All commands, in the order of the help.
final class Commands {
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    Commands(Terminal terminal, Map<String, String> environment) {
        CommandContext context = new CommandContext(terminal, environment);
        commands.put("quickstart", () -> new QuickstartCommand(context));
        commands.put("pull", () -> new PullCommand(context));
        commands.put("push", () -> new PushCommand(context));
        commands.put("copy", () -> new CopyCommand(context));
        commands.put("tag", () -> new TagCommand(context));
        commands.put("images", () -> new ImagesCommand(context));
        commands.put("inspect", () -> new InspectCommand(context));
        commands.put("history", () -> new HistoryCommand(context));
        commands.put("rmi", () -> new RemoveCommand(context));
        commands.put("prune", () -> new PruneCommand(context));
        commands.put("import", () -> new ImportCommand(context));
        commands.put("load", () -> new LoadCommand(context));
        commands.put("save", () -> new SaveCommand(context));
        commands.put("verify", () -> new VerifyCommand(context));
        commands.put("df", () -> new DiskCommand(context));
        commands.put("fsck", () -> new FsckCommand(context));
        commands.put("backup", () -> new BackupCommand(context));
        commands.put("layers", () -> LayersCommand.commandLine(context));
        commands.put("adopt", () -> AdoptCommand.commandLine(context));
        commands.put("login", () -> new LoginCommand(context));
        commands.put("logout", () -> new LogoutCommand(context));
        commands.put("serve", () -> new ServeCommand(context));
        commands.put("completion", () -> new CompletionCommand(context));
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
