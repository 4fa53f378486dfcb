package dev.dray.cli.layers;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.image.ImagesCommand;
import dev.dray.cli.output.Counted;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.StorageFormWords;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.policy.LayerState;
import dev.dray.engine.policy.ListedLayer;
import dev.dray.model.ByteSize;
import dev.dray.model.Digest;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers ls`.
@Command(
        name = "ls",
        aliases = "list",
        description = "List the layers of the store and how they are kept.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "DIGESTS: blobs known of the same layer. ON DISK: disk space beyond that of the layers listed above it, so",
            "the column adds up. SAVED: compared with the blob alone; shared contents count for the later layer.",
            "PROVABLE: when the blob was last rebuilt in full; or why it cannot be.",
            "",
            "Examples:",
            "  dray layers ls",
            "  dray layers ls debian:12",
            "  dray layers ls --format json"
        })
final class LayersListCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "names, or the beginnings of IDs; default: all")
    private List<String> names = List.of();

    @Option(names = "--no-trunc", description = "print digests in full")
    private boolean inFull;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, or json: one object a line")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    LayersListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        List<ListedLayer> layers;
        try (Engine engine = engineOptions.open(context)) {
            layers = engine.layerStorage().layers(ChosenImages.of(engine, names));
        }
        if (format == Format.json) {
            layers.forEach(layer -> terminal.result(Json.write(json(layer)).toString()));
        } else {
            table(layers).lines().forEach(terminal::result);
            terminal.say(totals(layers));
        }
        return 0;
    }

    private Table table(List<ListedLayer> layers) {
        Table table = new Table(
                "DIGEST",
                "LAYER",
                "IMAGES",
                "DIGESTS",
                "ENCODER",
                "KEPT AS",
                "TAR",
                "BLOB",
                "ON DISK",
                "SAVED",
                "PROVABLE");
        for (ListedLayer layer : layers) {
            LayerState state = layer.state();
            table.row(
                    digest(layer.blob().digest()),
                    state.tar().map(tar -> digest(tar.diffId())).orElse("-"),
                    images(layer.images()),
                    Integer.toString(state.digests().size()),
                    state.recipe().map(recipe -> encoder(recipe.encoder())).orElse("-"),
                    StorageFormWords.explained(layer.form()),
                    state.tar()
                            .map(tar -> ByteSize.ofBytes(tar.size()).toString())
                            .orElse("-"),
                    ByteSize.ofBytes(layer.blob().size()).toString(),
                    ByteSize.ofBytes(layer.disk()).toString(),
                    saved(layer),
                    provable(state));
        }
        return table;
    }

    private String digest(Digest digest) {
        return inFull ? digest.toString() : digest.shortHex();
    }

    private static String images(List<Reference> images) {
        String first = images.getFirst().familiar();
        return images.size() == 1 ? first : "%s and %d more".formatted(first, images.size() - 1);
    }

    /// As a share of the blob's size, with a sign.
    private static String saved(ListedLayer layer) {
        return layer.blob().size() == 0
                ? "-"
                : "%d %%"
                        .formatted(
                                Math.round(100.0 * layer.saved() / layer.blob().size()));
    }

    static String provable(LayerState state) {
        if (state.damaged()) {
            return "damaged";
        }
        if (state.recipe().isPresent()) {
            Instant proven = state.recipe().get().proven();
            // damage to a pack ends all proofs, and the catalog has the epoch for that
            return proven.equals(Instant.EPOCH)
                    ? "to be proven again"
                    : "proven " + ImagesCommand.age(proven.toString());
        }
        return state.refusal().map(reason -> "no: " + reason).orElse("not tried");
    }

    /// Family, version and level; `inspect` shows the rest.
    private static String encoder(String name) {
        int rest = name.indexOf(" block ");
        return rest < 0 ? name : name.substring(0, rest);
    }

    private static String totals(List<ListedLayer> layers) {
        long blobs = layers.stream().mapToLong(layer -> layer.blob().size()).sum();
        long disk = layers.stream().mapToLong(ListedLayer::disk).sum();
        return "%s: %s of blobs, %s on disk"
                .formatted(Counted.of(layers.size(), "layer"), ByteSize.ofBytes(blobs), ByteSize.ofBytes(disk));
    }

    static JsonValue json(ListedLayer layer) {
        LayerState state = layer.state();
        JsonValue.ObjectBuilder object = JsonValue.object()
                .put("digest", layer.blob().digest().toString())
                .put("mediaType", layer.blob().mediaType().value())
                .put("size", layer.blob().size());
        state.tar()
                .ifPresent(tar -> object.put("diffId", tar.diffId().toString())
                        .put("tarSize", tar.size())
                        .put("entries", tar.entries()));
        object.put(
                        "images",
                        JsonValue.strings(
                                layer.images().stream().map(Reference::toString).toList()))
                .put(
                        "digests",
                        JsonValue.strings(
                                state.digests().stream().map(Digest::toString).toList()));
        StorageFormWords.put(object, layer.form());
        object.put("onDisk", layer.disk())
                .put("saved", layer.saved())
                .put("pinned", state.pinned())
                .put("damaged", state.damaged());
        state.recipe().ifPresent(recipe -> object.put("proven", recipe.proven().toString()));
        state.refusal().ifPresent(reason -> object.put("verdict", reason));
        return object.build();
    }
}
