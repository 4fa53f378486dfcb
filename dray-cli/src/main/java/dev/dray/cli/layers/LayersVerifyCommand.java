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
        description = "Make layers again in full, read their files, and compare every digest.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What is damaged is marked. With --repair it is fetched again from the registries that had it, and kept as",
            "the policy says. Exits with 1 when something stays damaged.",
            "",
            "Examples:",
            "  dray layers verify --all",
            "  dray layers verify --sample 20              (by chance, for a nightly look)",
            "  dray layers verify --all --repair"
        })
final class LayersVerifyCommand implements Callable<Integer> {
    private final CommandContext surroundings;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "names, or the beginnings of IDs")
    private List<String> names = List.of();

    @Option(names = "--all", description = "all images")
    private boolean all;

    @Option(names = "--sample", paramLabel = "N", description = "only so many layers, chosen by chance")
    private @Nullable Integer sample;

    @Option(names = "--repair", description = "fetch what is damaged again from where it was seen")
    private boolean repair;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    LayersVerifyCommand(CommandContext surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = surroundings.terminal();
        if (names.isEmpty() && !all && sample == null) {
            throw new DrayException(DrayException.Kind.INVALID, "name images, or say --all or --sample N");
        }
        if (sample != null && sample < 1) {
            throw new DrayException(DrayException.Kind.INVALID, "--sample is 1 or more, not " + sample);
        }
        LayerCheck check;
        try (Engine engine = engineOptions.open(surroundings, transfer.plainHttp());
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
                                        .map(place -> "repaired from %s/%s".formatted(place.host(), place.repository()))
                                        .orElse(repair ? "no registry that had it gives it back" : "not repaired"))));
        int found = check.findings().size();
        terminal.result("%s looked at, %d of them verified (%s), %d not as they should be%s"
                .formatted(
                        Counted.of(check.layers(), "layer"),
                        check.layers() - found,
                        ByteSize.ofBytes(check.bytes()),
                        found,
                        found == 0 ? "" : ", %d of those repaired".formatted(found - check.unrepaired())));
        if (check.unrepaired() > 0 && !repair) {
            terminal.say("`--repair` fetches them again from where they were seen");
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
            finding.repaired().ifPresent(place -> object.put("from", place.host() + "/" + place.repository()));
            findings.add(object.build());
        });
        return JsonValue.object()
                .put("layers", check.layers())
                .put("bytes", check.bytes())
                .put("findings", JsonValue.array(findings))
                .build();
    }
}
