package dev.dray.cli.adopt;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.host.KnownBlob;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `dray adopt ls`.
@Command(
        name = "ls",
        description = "List the images of Docker and podman on this host, and what they know of their original layers.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "KNOWN: layers whose digest in the registry the engine remembers. ORIGINAL: digest of",
            "the manifest under which the image was pulled; '-' when it was built or loaded here.",
            "",
            "Examples:",
            "  dray adopt ls",
            "  dray adopt ls --root ~/.local/share/containers/storage --format json"
        })
final class AdoptListCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private AdoptOptions options = new AdoptOptions();

    AdoptListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        Table table = new Table("IMAGE", "ID", "LAYERS", "KNOWN", "SIZE", "ORIGINAL", "STORE");
        for (AdoptOptions.Found found : options.images(context, List.of())) {
            HostImage image;
            try {
                image = found.store().image(found.entry());
            } catch (DrayException failure) {
                terminal.say("%s: %s".formatted(found.name(), failure.getMessage()));
                continue;
            }
            if (options.json()) {
                terminal.result(json(found, image));
            } else {
                table.row(
                        found.name(),
                        image.id().shortHex(),
                        Integer.toString(image.layers().size()),
                        Long.toString(known(image)),
                        size(image) == 0 ? "-" : ByteSize.ofBytes(size(image)).toString(),
                        image.manifest()
                                .map(manifest -> manifest.raw().sha256().shortHex())
                                .orElse("-"),
                        store(found));
            }
        }
        if (!options.json()) {
            table.lines().forEach(terminal::result);
        }
        return 0;
    }

    private static String store(AdoptOptions.Found found) {
        return found.store().root() + " (" + found.store().driver() + ")";
    }

    private static long known(HostImage image) {
        return image.layers().stream().filter(layer -> layer.blob().isPresent()).count();
    }

    private static long size(HostImage image) {
        return image.layers().stream()
                .flatMap(layer -> layer.blob().stream())
                .mapToLong(blob -> blob.size().orElse(0))
                .sum();
    }

    private static String json(AdoptOptions.Found found, HostImage image) {
        JsonValue none = new JsonValue.JsonNull();
        List<JsonValue> layers =
                image.layers().stream().map(AdoptListCommand::json).toList();
        return Json.write(JsonValue.object()
                        .put("name", found.name())
                        .put(
                                "names",
                                JsonValue.strings(image.names().stream()
                                        .map(Object::toString)
                                        .toList()))
                        .put("id", image.id().toString())
                        .put(
                                "manifest",
                                image.manifest()
                                        .map(manifest -> JsonValue.of(
                                                manifest.raw().sha256().toString()))
                                        .orElse(none))
                        .put("engine", found.store().engine().label())
                        .put("root", found.store().root().toString())
                        .put("driver", found.store().driver())
                        .put("layers", JsonValue.array(layers))
                        .build())
                .toString();
    }

    private static JsonValue json(HostLayer layer) {
        JsonValue none = new JsonValue.JsonNull();
        return JsonValue.object()
                .put("diffId", layer.diffId().toString())
                .put(
                        "digest",
                        layer.blob()
                                .map(blob -> JsonValue.of(blob.digest().toString()))
                                .orElse(none))
                .put("size", layer.blob().map(AdoptListCommand::size).orElse(none))
                .build();
    }

    private static JsonValue size(KnownBlob blob) {
        return blob.size().isPresent() ? JsonValue.of(blob.size().getAsLong()) : new JsonValue.JsonNull();
    }
}
