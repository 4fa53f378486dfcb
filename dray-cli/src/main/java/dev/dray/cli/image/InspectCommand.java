package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.repository.ImageSummary;
import dev.dray.engine.repository.StoredImage;
import dev.dray.model.Reference;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.Platform;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray inspect`: an array with an object for each image, members named as docker names them.
@Command(
        name = "inspect",
        description = "Print everything known about images, as JSON.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray inspect debian:12",
            "  dray inspect --raw debian:12   (the manifest's own bytes)"
        })
public final class InspectCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Option(names = "--raw", description = "print the manifest as pushed, byte for byte")
    private boolean raw;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public InspectCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        List<JsonValue> images = new ArrayList<>();
        try (Engine engine = engineOptions.open(context)) {
            for (String name : names) {
                StoredImage image = engine.image(name);
                if (raw) {
                    terminal.out().write(image.manifest().raw().toByteArray());
                } else {
                    images.add(json(engine, image));
                }
            }
        }
        if (!raw) {
            terminal.out().print(Json.writePretty(JsonValue.array(images)));
        }
        return 0;
    }

    private static JsonValue json(Engine engine, StoredImage image) throws IOException {
        ImageSummary summary = engine.describe(image);
        Reference reference = image.reference();
        Reference byDigest = reference.withDigest(image.digest());
        JsonValue.ObjectBuilder object = JsonValue.object()
                .put("Id", image.id().toString())
                .put(
                        "RepoTags",
                        JsonValue.strings(reference.tag().isPresent() ? List.of(reference.familiar()) : List.of()))
                .put("RepoDigests", JsonValue.strings(List.of(byDigest.familiar())));
        summary.config().ifPresent(config -> config(object, config));
        return object.put("Size", summary.size())
                .put("Descriptor", descriptor(image))
                .build();
    }

    private static JsonObject descriptor(StoredImage image) {
        return JsonValue.object()
                .put("mediaType", image.manifest().mediaType().value())
                .put("digest", image.digest().toString())
                .put("size", image.manifest().raw().size())
                .build();
    }

    private static void config(JsonValue.ObjectBuilder object, ImageConfig config) {
        config.created().ifPresent(created -> object.put("Created", created));
        JsonObject document = Json.parseObject(config.raw().toByteArray(), JsonLimits.DOCUMENT, "image config");
        document.text("author").ifPresent(author -> object.put("Author", author));
        Platform platform = config.platform();
        object.put("Architecture", platform.architecture());
        platform.variant().ifPresent(variant -> object.put("Variant", variant));
        object.put("Os", platform.os());
        Optional<JsonObject> settings = document.object("config");
        settings.ifPresent(members -> object.put("Config", members));
        object.put(
                "RootFS",
                JsonValue.object()
                        .put("Type", "layers")
                        .put(
                                "Layers",
                                JsonValue.strings(config.diffIds().stream()
                                        .map(Object::toString)
                                        .toList()))
                        .build());
    }
}
