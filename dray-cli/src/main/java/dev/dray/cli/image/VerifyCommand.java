package dev.dray.cli.image;

import dev.dray.cli.command.ChosenImages;
import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.command.ProgressOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.Counted;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.model.ByteSize;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray verify`.
@Command(
        name = "verify",
        description = "Read every byte of images and compare every digest: manifests, blobs, tars of layers.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exits with 1 on any mismatch. Marks damaged blobs, and the next pull repairs" + " it.",
            "",
            "Examples:",
            "  dray verify              (all images)",
            "  dray verify debian:12"
        })
public final class VerifyCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "names, or the beginnings of IDs; default: all")
    private List<String> names = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private ProgressOptions progressOptions = new ProgressOptions();

    public VerifyCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        VerifyReport report;
        try (Engine engine = engineOptions.open(context);
                ProgressDisplay progress = progressOptions.display(terminal, Activity.verifying)) {
            report = engine.verify(ChosenImages.of(engine, names), progress);
        }
        print(terminal, report);
        return report.findings().isEmpty() ? 0 : ExitCode.FAILURE;
    }

    private void print(Terminal terminal, VerifyReport report) {
        if (format == Format.json) {
            terminal.result(Json.write(json(report)).toString());
            return;
        }
        terminal.result("%d images: %d manifests, %d blobs (%s) and %d layers verified, %s"
                .formatted(
                        report.images(),
                        report.manifests(),
                        report.blobs(),
                        ByteSize.ofBytes(report.bytes()),
                        report.layers(),
                        Counted.of(report.findings().size(), "problem")));
        report.findings()
                .forEach(finding ->
                        terminal.result("%s: %s: %s".formatted(finding.image(), finding.digest(), finding.what())));
    }

    private static JsonValue json(VerifyReport report) {
        List<JsonValue> findings = new ArrayList<>();
        report.findings()
                .forEach(finding -> findings.add(JsonValue.object()
                        .put("image", finding.image().toString())
                        .put("digest", finding.digest().toString())
                        .put("what", finding.what())
                        .build()));
        return JsonValue.object()
                .put("images", report.images())
                .put("manifests", report.manifests())
                .put("blobs", report.blobs())
                .put("layers", report.layers())
                .put("bytes", report.bytes())
                .put("findings", JsonValue.array(findings))
                .build();
    }
}
