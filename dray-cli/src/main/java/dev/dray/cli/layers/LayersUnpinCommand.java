package dev.dray.cli.layers;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.repository.StoredImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dray layers unpin`.
@Command(
        name = "unpin",
        description = "Return the layers of pinned images to the policy.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Files stay until `dray layers convert`.",
            "",
            "Example:",
            "  dray layers unpin localhost:5000/base:12"
        })
final class LayersUnpinCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    LayersUnpinCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        try (Engine engine = engineOptions.open(context)) {
            for (StoredImage image : ChosenImages.of(engine, names)) {
                boolean changed = engine.layerStorage().unpin(image);
                terminal.result("%s: %s".formatted(image.reference(), changed ? "unpinned" : "was not pinned"));
            }
        }
        return 0;
    }
}
