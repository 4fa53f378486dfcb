package dev.dray.cli;

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
        Surroundings surroundings = new Surroundings(terminal, environment);
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
