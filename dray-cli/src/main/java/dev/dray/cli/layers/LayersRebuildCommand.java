package dev.dray.cli.layers;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.output.Terminal;
import dev.dray.model.Digest;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers rebuild`.
@Command(
        name = "rebuild",
        description = "Rebuild a layer from the folder that it was split into.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "FILE appears, or is replaced, only after the digest of the whole matched. The rebuild needs room for the",
            "layer's plain tar beside it.",
            "",
            "Example:",
            "  dray layers rebuild parts -o layer.tar.gz"
        })
final class LayersRebuildCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "DIR", description = "the output of `dray layers split`; it is only read")
    private Path folder = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "where to write the layer")
    private Path output = Path.of("");

    @Mixin
    private LayersOptions options = new LayersOptions();

    LayersRebuildCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        long started = System.nanoTime();
        Digest digest = options.open(terminal).rebuild(folder, output);
        double seconds = (System.nanoTime() - started) / 1e9;
        if (options.json()) {
            terminal.result(Json.write(JsonValue.object()
                            .put("source", folder.toString())
                            .put("digest", digest.toString())
                            .put("size", Files.size(output))
                            .put("seconds", JsonValue.of(seconds))
                            .build())
                    .toString());
            return 0;
        }
        options.say(terminal, "rebuilt %s in %.1f s".formatted(output, seconds));
        terminal.result(digest.toString());
        return 0;
    }
}
