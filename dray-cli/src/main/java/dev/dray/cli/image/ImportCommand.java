package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.StoreLog;
import dev.dray.engine.Engine;
import dev.dray.engine.intake.ImageSettings;
import dev.dray.engine.intake.LayerInput;
import dev.dray.engine.repository.StoredImage;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.image.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray import`.
@Command(
        name = "import",
        description = "Make an image from the tar of a root file system.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A gzip tar is kept unchanged; a plain one is compressed on all processors. SOURCE_DATE_EPOCH sets the",
            "image's time, so that the same tar makes the same image.",
            "",
            "Examples:",
            "  debootstrap bookworm root && tar -C root -c . | dray import - localhost:5000/base:12",
            "  dray import -c 'CMD [\"/bin/sh\"]' -c 'ENV LANG=C.UTF-8' root.tar.gz base"
        })
public final class ImportCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE|-", description = "a tar, plain or gzip; -: standard input")
    private String file = "-";

    @Parameters(index = "1", paramLabel = "NAME", description = "the image's name")
    private String name = "";

    @Option(
            names = {"-c", "--change"},
            paramLabel = "INSTRUCTION",
            description = "a Dockerfile instruction for the config: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, USER, ...")
    private List<String> changes = List.of();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "a comment for the history")
    private @Nullable String message;

    @Option(names = "--platform", paramLabel = "OS/ARCH[/VARIANT]", description = "default: this host's")
    private @Nullable String platform;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Reference reference = Reference.parse(name);
        Platform wanted = platform == null ? Platform.host() : Platform.parse(platform);
        ImageSettings settings = new ImageSettings(wanted, created(), changes, Optional.ofNullable(message));
        LayerInput input = file.equals("-") ? () -> System.in : () -> Files.newInputStream(readable(Path.of(file)));
        StoreLog.quieten();
        try (Engine engine = engineOptions.open(context)) {
            StoredImage image = engine.build(List.of(input), settings, reference);
            context.terminal().result("%s: %s".formatted(image.reference(), image.digest()));
        }
        return 0;
    }

    private static Path readable(Path path) {
        if (Files.isDirectory(path)) {
            throw new DrayException(DrayException.Kind.INVALID, "\"%s\" is a folder, not a tar".formatted(path))
                    .advising("pack it: tar -C %s -c . | dray import - NAME".formatted(path));
        }
        return path;
    }

    private Instant created() {
        Optional<String> epoch = context.variable("SOURCE_DATE_EPOCH");
        try {
            return epoch.map(Long::parseLong).map(Instant::ofEpochSecond).orElseGet(Instant::now);
        } catch (NumberFormatException | DateTimeException notATime) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "SOURCE_DATE_EPOCH is \"%s\", not a number of seconds".formatted(epoch.orElse("")));
        }
    }
}
