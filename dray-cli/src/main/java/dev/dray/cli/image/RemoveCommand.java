package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.repository.RemoveReport;
import dev.dray.model.ByteSize;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray rmi`.
@Command(
        name = "rmi",
        description = "Remove names of images; removing the last name removes the image.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Frees at once the content that no other image needs. Blobs leased by a running command stay, and",
            "so do packs shared with other layers; `dray prune` frees their unused part.",
            "",
            "Examples:",
            "  dray rmi localhost:5000/team/app:1",
            "  dray rmi --force 3f2a9c1d77b0"
        })
public final class RemoveCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Option(
            names = {"-f", "--force"},
            description = "by ID: remove the image's names in all repositories")
    private boolean force;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public RemoveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        try (Engine engine = engineOptions.open(context)) {
            for (String name : names) {
                engine.remove(name, force).forEach(report -> print(terminal, report));
            }
        }
        return 0;
    }

    private static void print(Terminal terminal, RemoveReport report) {
        report.untagged().forEach(tag -> terminal.result("Untagged: %s:%s".formatted(report.repository(), tag)));
        report.deleted().forEach(digest -> terminal.result("Deleted: " + digest));
        if (!report.deleted().isEmpty()) {
            terminal.say(freed(report));
        }
    }

    private static String freed(RemoveReport report) {
        if (report.freed().isEmpty()) {
            return "a collection is running: the next `dray prune` frees the unreferenced content";
        }
        CollectReport freed = report.freed().get();
        boolean more = freed.of(CollectedKind.CONTENT).count() > 0
                || freed.of(CollectedKind.LAYER).count() > 0;
        return "freed %s%s".formatted(ByteSize.ofBytes(freed.bytes()), more ? ", more may with `dray prune`" : "");
    }
}
