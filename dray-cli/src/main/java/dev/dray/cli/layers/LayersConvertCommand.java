package dev.dray.cli.layers;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ProgressOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.StorageFormWords;
import dev.dray.cli.output.Table;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.LayerStorage;
import dev.dray.engine.policy.LayerChange;
import dev.dray.engine.policy.PolicyReport;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.repository.StoredImage;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers convert`.
@Command(
        name = "convert",
        description = "Convert layers to the form that the policy or --keep asks for.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "recipe: contents and a recipe; the file is dropped after a full rebuild of the blob from the disk.",
            "blob: the file. both: the file and the recipe. A blob without a recipe stays as it came. A layer may keep",
            "more than this where another repository or a pinned image asks for it.",
            "",
            "Examples:",
            "  dray layers convert --all                    (after `pull --later`, or after a change of the policy)",
            "  dray layers convert --keep blob debian:12",
            "  dray layers convert --all --keep recipe --dry-run"
        })
final class LayersConvertCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Option(names = "--all", description = "all images")
    private boolean all;

    @Option(names = "--keep", paramLabel = "WHAT", description = "recipe, blob or both; default: as the policy says")
    private @Nullable String keep;

    @Option(names = "--dry-run", description = "print the plan, and change nothing")
    private boolean dryRun;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private ProgressOptions progressOptions = new ProgressOptions();

    LayersConvertCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        if (all == !names.isEmpty()) {
            throw new DrayException(DrayException.Kind.INVALID, "name images, or say --all");
        }
        Optional<StorageForm> wanted = Optional.ofNullable(keep).map(StorageForm::parse);
        try (Engine engine = engineOptions.open(context)) {
            List<StoredImage> images = ChosenImages.of(engine, names);
            LayerStorage storage = engine.layerStorage();
            if (dryRun) {
                print(terminal, storage.plan(images, wanted));
                return 0;
            }
            PolicyReport report;
            try (ProgressDisplay progress = progressOptions.display(terminal, Activity.converting)) {
                report = storage.convert(images, wanted, progress);
            }
            terminal.result(
                    format == Format.json
                            ? Json.write(StorageFormWords.json(report)).toString()
                            : "kept: " + StorageFormWords.summary(report));
        }
        return 0;
    }

    private void print(Terminal terminal, List<LayerChange> plan) {
        if (format == Format.json) {
            plan.forEach(step -> terminal.result(Json.write(json(step)).toString()));
            return;
        }
        Table table = new Table("DIGEST", "BLOB", "KEPT AS", "WANTED", "WOULD DO");
        for (LayerChange step : plan) {
            table.row(
                    step.blob().digest().shortHex(),
                    ByteSize.ofBytes(step.blob().size()).toString(),
                    StorageFormWords.explained(step.form()),
                    step.required().label(),
                    words(step.work()));
        }
        table.lines().forEach(terminal::result);
        terminal.say("nothing was done; up to %s of files would go, %s would come"
                .formatted(bytes(plan, LayerChange::dropped), bytes(plan, LayerChange::restored)));
    }

    private static ByteSize bytes(List<LayerChange> plan, ToLongFunction<LayerChange> bytes) {
        return ByteSize.ofBytes(plan.stream().mapToLong(bytes).sum());
    }

    private static String words(LayerChange.Work work) {
        return switch (work) {
            case NOTHING -> "nothing";
            case PROVE_AND_DROP -> "prove, then drop the file";
            case PROVE -> "prove";
            case RESTORE -> "rebuild the file";
            case FORGET_RECIPE -> "drop the recipe";
        };
    }

    private static JsonValue json(LayerChange step) {
        JsonValue.ObjectBuilder object = JsonValue.object()
                .put("digest", step.blob().digest().toString())
                .put("size", step.blob().size());
        StorageFormWords.put(object, step.form());
        return object.put("wanted", step.required().label())
                .put("work", step.work().name().toLowerCase(Locale.ROOT))
                .build();
    }
}
