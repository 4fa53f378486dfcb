package dev.dray.cli.layers;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ProgressOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.repository.StoredImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dray layers pin`.
@Command(
        name = "pin",
        description = "Keep the files of an image's layers, whatever the policy says.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Missing files are rebuilt. Useful for images that are pushed or served often.",
            "",
            "Example:",
            "  dray layers pin localhost:5000/base:12"
        })
final class LayersPinCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private ProgressOptions progressOptions = new ProgressOptions();

    LayersPinCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        try (Engine engine = engineOptions.open(context)) {
            for (StoredImage image : ChosenImages.of(engine, names)) {
                boolean changed;
                try (ProgressDisplay progress = progressOptions.display(terminal, Activity.converting)) {
                    changed = engine.layerStorage().pin(image, progress);
                }
                terminal.result("%s: %s".formatted(image.reference(), changed ? "pinned" : "was pinned already"));
            }
        }
        return 0;
    }
}
