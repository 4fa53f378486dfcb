package dev.dray.cli.layers;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Counted;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.StorageFormWords;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.policy.LayerDetail;
import dev.dray.engine.policy.LayerState;
import dev.dray.engine.policy.ListedLayer;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers inspect`.
@Command(
        name = "inspect",
        description = "Show everything known about a layer: contents, recipe, segments, and where it was seen.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  dray layers inspect debian:12                     (each of its layers)",
            "  dray layers inspect sha256:91668364fb5b           (a prefix of the digest of a blob or of its tar)",
            "  dray layers inspect 91668364fb5b --tar-split tar-split.json.gz"
        })
final class LayersInspectCommand implements Callable<Integer> {
    private static final Pattern DIGEST = Pattern.compile("(?:sha(?:256|512):)?([0-9a-f]{4,128})");

    private final CommandContext context;

    @Parameters(
            paramLabel = "DIGEST|IMAGE",
            description = "a digest or a prefix of one, or an image for all its layers")
    private String name = "";

    @Option(names = "--tar-split", paramLabel = "FILE", description = "write tar-split.json.gz, as Go's tools read it")
    private @Nullable Path tarSplit;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, or json: one object a line")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    LayersInspectCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        try (Engine engine = engineOptions.open(context)) {
            List<ListedLayer> layers = find(engine);
            if (tarSplit != null) {
                export(engine, layers, tarSplit);
                terminal.say("written to " + tarSplit);
                return 0;
            }
            for (ListedLayer layer : layers) {
                LayerDetail detail = engine.layerStorage().detail(layer);
                if (format == Format.json) {
                    terminal.result(Json.write(json(detail)).toString());
                } else {
                    lines(detail).forEach(terminal::result);
                }
            }
        }
        return 0;
    }

    private List<ListedLayer> find(Engine engine) throws IOException {
        List<ListedLayer> all = engine.layerStorage().layers(ChosenImages.of(engine, List.of()));
        var digest = DIGEST.matcher(name);
        if (digest.matches()) {
            List<ListedLayer> found =
                    all.stream().filter(layer -> begins(layer, digest.group(1))).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        Reference image = engine.image(name).reference();
        return all.stream().filter(layer -> layer.images().contains(image)).toList();
    }

    private static boolean begins(ListedLayer layer, String hex) {
        return layer.blob().digest().hex().startsWith(hex)
                || layer.state()
                        .tar()
                        .filter(tar -> tar.diffId().hex().startsWith(hex))
                        .isPresent();
    }

    private static void export(Engine engine, List<ListedLayer> layers, Path file) throws IOException {
        if (layers.size() != 1) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "the name selects %d layers, and a file holds one".formatted(layers.size()))
                    .advising("name it by its digest: " + digests(layers));
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            engine.layerStorage().exportTarSplit(layers.getFirst().blob().digest(), out);
        } catch (IOException | DrayException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static String digests(List<ListedLayer> layers) {
        return String.join(
                ", ",
                layers.stream().map(layer -> layer.blob().digest().shortHex()).toList());
    }

    private static List<String> lines(LayerDetail detail) {
        ListedLayer layer = detail.layer();
        LayerState state = layer.state();
        List<String> lines = new ArrayList<>();
        lines.add("blob       %s (%s)"
                .formatted(layer.blob().digest(), ByteSize.ofBytes(layer.blob().size())));
        lines.add("type       " + layer.blob().mediaType());
        state.tar()
                .ifPresent(tar -> lines.add("layer      %s (%s, %d entries)"
                        .formatted(tar.diffId(), ByteSize.ofBytes(tar.size()), tar.entries())));
        lines.add("images     "
                + String.join(
                        ", ", layer.images().stream().map(Reference::familiar).toList()));
        lines.add("kept as    " + StorageFormWords.explained(layer.form()));
        lines.add("provable   " + LayersListCommand.provable(state));
        detail.recipe()
                .ifPresent(recipe -> lines.add("recipe     %s: %s, %s, %s of which %d can be rebuilt alone"
                        .formatted(
                                recipe.encoder(),
                                ByteSize.ofBytes(recipe.recipeBytes()),
                                Counted.of(recipe.members(), "member"),
                                Counted.of(recipe.segments(), "segment"),
                                recipe.restarts())));
        detail.contents()
                .ifPresent(contents -> lines.add("contents   %d (%s), %d of them distinct and %d small; tar recipe %s"
                        .formatted(
                                contents.references(),
                                ByteSize.ofBytes(contents.bytes()),
                                contents.distinct(),
                                contents.small(),
                                ByteSize.ofBytes(contents.recipeBytes()))));
        state.digests().stream()
                .filter(digest -> !digest.equals(layer.blob().digest()))
                .forEach(digest -> lines.add("also       " + digest));
        detail.seen().forEach(place -> lines.add("seen at    " + place));
        lines.add("");
        return lines;
    }

    private static JsonValue json(LayerDetail detail) {
        List<JsonValue> seen = new ArrayList<>();
        detail.seen().forEach(place -> seen.add(JsonValue.of(place.toString())));
        JsonValue.ObjectBuilder object = JsonValue.object().put("layer", LayersListCommand.json(detail.layer()));
        detail.recipe()
                .ifPresent(recipe -> object.put(
                        "making",
                        JsonValue.object()
                                .put("encoder", recipe.encoder())
                                .put("recipeBytes", recipe.recipeBytes())
                                .put("members", recipe.members())
                                .put("segments", recipe.segments())
                                .put("restarts", recipe.restarts())
                                .build()));
        detail.contents()
                .ifPresent(contents -> object.put(
                        "contents",
                        JsonValue.object()
                                .put("references", contents.references())
                                .put("bytes", contents.bytes())
                                .put("distinct", contents.distinct())
                                .put("small", contents.small())
                                .put("tarRecipeBytes", contents.recipeBytes())
                                .build()));
        return object.put("seen", JsonValue.array(seen)).build();
    }
}
