package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.repository.HistoryStep;
import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.model.Quote;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray history`.
@Command(
        name = "history",
        description = "Show the build steps of an image, the last one first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Sizes are those of the compressed layers.",
            "",
            "Examples:",
            "  dray history debian:12",
            "  dray history --no-trunc --format json debian:12"
        })
public final class HistoryCommand implements Callable<Integer> {
    private static final int LONGEST_COMMAND = 45;

    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", description = "a name, or the beginning of an ID")
    private String name = "";

    @Option(names = "--no-trunc", description = "print IDs and commands in full")
    private boolean inFull;

    @Option(
            names = {"-q", "--quiet"},
            description = "print IDs only")
    private boolean quiet;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, or json: one object a line")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public HistoryCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        List<HistoryStep> steps;
        try (Engine engine = engineOptions.open(context)) {
            steps = engine.history(engine.image(name));
        }
        if (format == Format.json) {
            steps.forEach(step -> terminal.result(Json.write(json(step)).toString()));
        } else if (quiet) {
            steps.forEach(step -> terminal.result(id(step)));
        } else {
            table(steps).lines().forEach(terminal::result);
        }
        return 0;
    }

    private Table table(List<HistoryStep> steps) {
        Table table = new Table("IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT");
        for (HistoryStep step : steps) {
            table.row(
                    id(step),
                    step.created().map(ImagesCommand::age).orElse("-"),
                    command(step.createdBy().orElse("")),
                    ByteSize.ofBytes(step.size()).toString(),
                    printable(step.comment().orElse("")));
        }
        return table;
    }

    private String id(HistoryStep step) {
        return step.image()
                .map(image -> inFull ? image.toString() : image.shortHex())
                .orElse("<missing>");
    }

    private String command(String text) {
        String line = printable(text);
        return inFull || line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND - 1) + "…";
    }

    /// Replaces tabs and line ends by blanks.
    private static String printable(String text) {
        return Quote.printable(text.replaceAll("[\\t\\n\\r]", " "));
    }

    private static JsonValue json(HistoryStep step) {
        JsonValue.ObjectBuilder object = JsonValue.object();
        step.image().map(Digest::toString).ifPresent(image -> object.put("image", image));
        step.created().ifPresent(created -> object.put("created", created));
        step.createdBy().ifPresent(by -> object.put("createdBy", by));
        step.comment().ifPresent(comment -> object.put("comment", comment));
        step.layer().map(Digest::toString).ifPresent(layer -> object.put("layer", layer));
        return object.put("size", step.size()).build();
    }
}
