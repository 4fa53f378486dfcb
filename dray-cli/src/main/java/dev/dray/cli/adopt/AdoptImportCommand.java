package dev.dray.cli.adopt;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.SearchOptions;
import dev.dray.cli.command.TransferOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.CopyReports;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.adopt.AdoptedImage;
import dev.dray.engine.adopt.Adopter;
import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.copy.CopyReport;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dray adopt import`.
@Command(
        name = "import",
        description = "Import images of Docker and podman into Dray's own store, under their original digests.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Stores the contents of files, each once, and recipes that rebuild the original layers from them; the",
            "compressed layers themselves are never on disk. Each is rebuilt in full from the store before it",
            "counts. The images keep their names: dray images lists them, dray push sends them.",
            "",
            "Examples:",
            "  dray adopt import",
            "  dray adopt import docker-daemon:registry:5000/team/base:1",
            "  dray adopt import --root /mnt/old/var/lib/docker"
        })
final class AdoptImportCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            paramLabel = "IMAGE",
            arity = "0..*",
            description = "docker-daemon:IMAGE or containers-storage:IMAGE; default: all")
    private List<String> names = List.of();

    @Mixin
    private AdoptOptions options = new AdoptOptions();

    @Mixin
    private SearchOptions search = new SearchOptions();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    AdoptImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        boolean failed = false;
        try (Engine engine = engineOptions.open(context);
                SearchOptions.Asked asked = search.open(context, transfer.plainHttp())) {
            Adopter adopter =
                    engine.adopter(asked.beginnings(), Runtime.getRuntime().availableProcessors(), search.effort());
            for (AdoptOptions.Found found : options.images(context, names)) {
                try {
                    HostImage image = found.store().image(found.entry());
                    if (image.names().isEmpty()) {
                        terminal.say("%s: skipped, it has no name".formatted(found.name()));
                        failed |= !names.isEmpty();
                    }
                    take(engine, adopter.source(image, transfer.adopting(terminal)));
                } catch (DrayException failure) {
                    failed = true;
                    terminal.complain(found.name(), failure);
                }
            }
        }
        return failed ? ExitCode.FAILURE : 0;
    }

    private void take(Engine engine, AdoptedImage image) throws IOException {
        Terminal terminal = context.terminal();
        for (Reference name : image.image().names()) {
            CopyReport report;
            try (ProgressDisplay progress = transfer.display(terminal, Activity.loading)) {
                report = engine.adopt(image, name, progress);
            }
            new CopyReports(terminal, options.json() ? Format.json : Format.table)
                    .print(name.familiar(), report, "imported");
        }
    }
}
