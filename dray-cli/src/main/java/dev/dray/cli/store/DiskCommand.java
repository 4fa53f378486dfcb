package dev.dray.cli.store;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.output.Collected;
import dev.dray.cli.output.Counted;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.usage.StoreUse;
import dev.dray.engine.usage.StoreUse.Sort;
import dev.dray.engine.usage.StoreUse.Totals;
import dev.dray.model.ByteSize;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dray df`.
@Command(
        name = "df",
        description = "Show the disk usage of the store.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "OWN: needed by nothing else. SHARED: needed by others too. UNREFERENCED: needed by no image;",
            "reclaimable by dray prune once unreferenced for the grace.",
            "",
            "Examples:",
            "  dray df",
            "  dray df --format json"
        })
public final class DiskCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, or json: one object a line")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public DiskCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        StoreUse use;
        try (Engine engine = engineOptions.open(context)) {
            use = engine.layerStorage().use(ChosenImages.of(engine, List.of()));
        }
        if (format == Format.json) {
            json(terminal, use);
            return 0;
        }
        images(use).lines().forEach(terminal::result);
        terminal.result("");
        repositories(use).lines().forEach(terminal::result);
        terminal.result("");
        sorts(use.totals()).lines().forEach(terminal::result);
        terminal.result("");
        terminal.result("%s in all, %s reclaimable by dray prune"
                .formatted(size(use.totals().bytes()), size(use.reclaimable().bytes())));
        return 0;
    }

    private static String size(long bytes) {
        return ByteSize.ofBytes(bytes).toString();
    }

    private static Table images(StoreUse use) {
        Table table = new Table("IMAGE", "BLOBS", "OWN", "SHARED");
        use.images().forEach(image -> {
            String name = image.names().getFirst().familiar();
            int more = image.names().size() - 1;
            table.row(
                    more == 0 ? name : "%s and %d more".formatted(name, more),
                    size(image.size()),
                    size(image.own()),
                    size(image.shared()));
        });
        return table;
    }

    private static Table repositories(StoreUse use) {
        Table table = new Table("REPOSITORY", "IMAGES", "OWN", "SHARED");
        use.repositories()
                .forEach(repository -> table.row(
                        repository.name(),
                        Integer.toString(repository.images()),
                        size(repository.own()),
                        size(repository.shared())));
        return table;
    }

    private static Table sorts(Totals totals) {
        Table table = new Table("WHAT", "COUNT", "ON DISK", "UNREFERENCED");
        row(table, "blobs in files", totals.files());
        row(table, "contents in " + Counted.of(totals.packs(), "pack"), totals.contents());
        table.row("database", "", size(totals.database()), "");
        row(table, "  blobs in it", totals.inline());
        row(table, "  recipes in it", totals.recipes());
        table.row(
                "blobs rebuilt on demand",
                Long.toString(totals.rebuilt().count()),
                "(%s)".formatted(size(totals.rebuilt().bytes())),
                "");
        return table;
    }

    private static void row(Table table, String what, Sort sort) {
        table.row(what, Long.toString(sort.count()), size(sort.bytes()), size(sort.unreferenced()));
    }

    private static void json(Terminal terminal, StoreUse use) {
        use.images()
                .forEach(image -> terminal.result(Json.write(JsonValue.object()
                                .put("kind", "image")
                                .put(
                                        "names",
                                        JsonValue.strings(image.names().stream()
                                                .map(Reference::toString)
                                                .toList()))
                                .put("size", image.size())
                                .put("own", image.own())
                                .put("shared", image.shared())
                                .build())
                        .toString()));
        use.repositories()
                .forEach(repository -> terminal.result(Json.write(JsonValue.object()
                                .put("kind", "repository")
                                .put("name", repository.name())
                                .put("images", repository.images())
                                .put("own", repository.own())
                                .put("shared", repository.shared())
                                .build())
                        .toString()));
        Totals totals = use.totals();
        terminal.result(Json.write(JsonValue.object()
                        .put("kind", "store")
                        .put("files", sort(totals.files()))
                        .put("inline", sort(totals.inline()))
                        .put("rebuilt", sort(totals.rebuilt()))
                        .put("contents", sort(totals.contents()))
                        .put("recipes", sort(totals.recipes()))
                        .put("packs", totals.packs())
                        .put("database", totals.database())
                        .put("bytes", totals.bytes())
                        .put("reclaimable", Collected.json(use.reclaimable()))
                        .build())
                .toString());
    }

    private static JsonValue sort(Sort sort) {
        return JsonValue.object()
                .put("count", sort.count())
                .put("bytes", sort.bytes())
                .put("unreferenced", sort.unreferenced())
                .build();
    }
}
