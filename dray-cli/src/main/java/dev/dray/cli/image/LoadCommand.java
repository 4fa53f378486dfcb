package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ProgressOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.archive.ArchiveInput;
import dev.dray.engine.copy.LoadedImage;
import dev.dray.model.ByteSize;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dray load`.
@Command(
        name = "load",
        description = "Load the images of an archive into the store, reading only content that the store lacks.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Reads archives of docker, podman, skopeo and others, and OCI layouts in a tar or a folder. Layers that",
            "an archive keeps as plain tars are compressed once, unless the store has them already.",
            "",
            "Examples:",
            "  dray load -i app.tar",
            "  docker save app:1 | dray load",
            "  dray load -i layout/           (a folder)"
        })
public final class LoadCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE|-",
            description = "the archive, plain or gzip; default: standard input")
    private String input = "-";

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, or json: one object a line")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private ProgressOptions progressOptions = new ProgressOptions();

    public LoadCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        List<LoadedImage> images;
        try (Engine engine = engineOptions.open(context);
                ProgressDisplay progress = progressOptions.display(terminal, Activity.loading)) {
            ArchiveInput archive = input.equals("-")
                    ? new ArchiveInput.Stream(new FileInputStream(FileDescriptor.in), "standard input")
                    : new ArchiveInput.File(Path.of(input));
            images = engine.load(archive, progress);
        }
        images.forEach(image -> print(terminal, image));
        return 0;
    }

    private void print(Terminal terminal, LoadedImage image) {
        if (format == Format.json) {
            terminal.result(Json.write(json(image)).toString());
            return;
        }
        terminal.result(image.name()
                .map(name -> "Loaded image: " + name.familiar())
                .orElseGet(() -> "Loaded image ID: " + image.id()));
        terminal.say("%s: %d of %d blobs taken, %s"
                .formatted(image.digest(), image.fetched(), image.blobs(), ByteSize.ofBytes(image.bytes())));
    }

    private static JsonValue json(LoadedImage image) {
        JsonValue.ObjectBuilder object = JsonValue.object();
        image.name().ifPresent(name -> object.put("name", name.toString()));
        return object.put("id", image.id().toString())
                .put("digest", image.digest().toString())
                .put("changed", image.changed())
                .put("blobs", image.blobs())
                .put("blobsTaken", image.fetched())
                .put("bytesTaken", image.bytes())
                .put("referrers", image.referrers())
                .build();
    }
}
