package dev.dray.cli.layers;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.layers.LayerReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers split`.
@Command(
        name = "split",
        description = "Split a layer into the contents of its files, by hash, and two small recipes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "DIR gets contents/<sha256>, layer.tar-recipe and layer.gzip-recipe (not for a plain tar), after the",
            "layer was rebuilt from them. A layer that cannot be rebuilt is written unchanged, as layer.blob with its",
            "digest beside it.",
            "",
            "Example:",
            "  dray layers split layer.tar.gz --to parts"
        })
final class LayersSplitCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "a layer: gzip, or a plain tar")
    private Path file = Path.of("");

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "a new or empty folder")
    private Path folder = Path.of("");

    @Mixin
    private LayersOptions options = new LayersOptions();

    LayersSplitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        LayerReport report = options.open(terminal).split(file, folder);
        if (options.json()) {
            terminal.result(LayerReports.json(report));
            return 0;
        }
        options.say(terminal, "split into " + folder);
        LayerReports.table(List.of(report)).forEach(terminal::result);
        return 0;
    }
}
