package dev.dray.cli.layers;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.TransferOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.Counted;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.verify.LayerCheck;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray layers verify`.
@Command(
        name = "verify",
        description = "Rebuild layers in full, read their files, and compare every digest.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Marks damaged blobs. --repair downloads them again from the registries that had them, and keeps them as",
            "the policy says. Exits with 1 when a blob stays damaged.",
            "",
            "Examples:",
            "  dray layers verify --all",
            "  dray layers verify --sample 20              (chosen at random, for a nightly check)",
            "  dray layers verify --all --repair"
        })
final class LayersVerifyCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Option(names = "--all", description = "all images")
    private boolean all;

    @Option(names = "--sample", paramLabel = "N", description = "only N layers, chosen at random")
    private @Nullable Integer sample;

    @Option(names = "--repair", description = "download damaged blobs again from where they were seen")
    private boolean repair;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    LayersVerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        if (names.isEmpty() && !all && sample == null) {
            throw new DrayException(DrayException.Kind.INVALID, "name images, or say --all or --sample N");
        }
        if (sample != null && sample < 1) {
            throw new DrayException(DrayException.Kind.INVALID, "--sample is 1 or more, not " + sample);
        }
        LayerCheck check;
        try (Engine engine = engineOptions.open(context, transfer.plainHttp());
                ProgressDisplay progress = transfer.display(terminal, Activity.verifying)) {
            check = engine.layerStorage()
                    .verify(ChosenImages.of(engine, names), Optional.ofNullable(sample), repair, progress);
        }
        print(terminal, check);
        return check.unrepaired() == 0 ? 0 : ExitCode.FAILURE;
    }

    private void print(Terminal terminal, LayerCheck check) {
        if (format == Format.json) {
            terminal.result(Json.write(json(check)).toString());
            return;
        }
        check.findings()
                .forEach(finding -> terminal.result("%s: %s; needed by %s; %s"
                        .formatted(
                                finding.blob().digest(),
                                finding.what(),
                                String.join(
                                        ", ",
                                        finding.images().stream()
                                                .map(Reference::familiar)
                                                .toList()),
                                finding.repaired()
                                        .map(place -> "repaired from " + place)
                                        .orElse(
                                                repair
                                                        ? "no registry that had it still provides it"
                                                        : "not repaired"))));
        int found = check.findings().size();
        terminal.result("%s checked, %d of them verified (%s), %s%s"
                .formatted(
                        Counted.of(check.layers(), "layer"),
                        check.layers() - found,
                        ByteSize.ofBytes(check.bytes()),
                        Counted.of(found, "problem"),
                        found == 0 ? "" : ", %d of them repaired".formatted(found - check.unrepaired())));
        if (check.unrepaired() > 0 && !repair) {
            terminal.say("`--repair` downloads them again from where they were seen");
        }
    }

    private static JsonValue json(LayerCheck check) {
        List<JsonValue> findings = new ArrayList<>();
        check.findings().forEach(finding -> {
            JsonValue.ObjectBuilder object = JsonValue.object()
                    .put("digest", finding.blob().digest().toString())
                    .put("what", finding.what())
                    .put(
                            "images",
                            JsonValue.strings(finding.images().stream()
                                    .map(Reference::toString)
                                    .toList()))
                    .put("mended", finding.repaired().isPresent());
            finding.repaired().ifPresent(place -> object.put("from", place.toString()));
            findings.add(object.build());
        });
        return JsonValue.object()
                .put("layers", check.layers())
                .put("bytes", check.bytes())
                .put("findings", JsonValue.array(findings))
                .build();
    }
}
