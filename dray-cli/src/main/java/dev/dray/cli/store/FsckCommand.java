package dev.dray.cli.store;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.output.Counted;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.Terminal;
import dev.dray.model.ByteSize;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.store.Store;
import dev.dray.store.check.CheckOptions;
import dev.dray.store.check.CheckReport;
import dev.dray.store.check.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dray fsck`.
@Command(
        name = "fsck",
        description = "Compare the store's catalog with the bytes on disk.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exits with 1 when a problem remains, and names the affected images.",
            "Marks damaged blobs, so that their next pull or push repairs them. Other processes may use the store.",
            "",
            "Examples:",
            "  dray fsck",
            "  dray fsck --deep --repair --store /var/lib/dray/registry"
        })
public final class FsckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--deep", description = "read every byte and compare it with its digest, not lengths only")
    private boolean deep;

    @Option(
            names = "--repair",
            description = "repair where possible; unknown files move into the store's folder quarantine")
    private boolean repair;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public FsckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        try (Store store = Store.openExisting(engineOptions.folder(context))) {
            CheckReport report = store.check().run(new CheckOptions(deep, repair));
            if (format == Format.json) {
                terminal.result(Json.write(json(report)).toString());
            } else {
                print(terminal, report);
            }
            return report.isWell() ? 0 : ExitCode.FAILURE;
        }
    }

    private void print(Terminal terminal, CheckReport report) {
        for (Finding finding : report.findings()) {
            terminal.result("%s %s: %s%s"
                    .formatted(
                            label(finding.kind()),
                            finding.subject(),
                            finding.what(),
                            finding.repaired() ? " (repaired)" : ""));
            finding.images().forEach(image -> terminal.result("  suffers: " + image));
        }
        long left = report.findings().stream()
                .filter(finding -> !finding.repaired())
                .count();
        terminal.result("%d blobs, %d manifests, %d layers and %d packs checked (%s read), %s"
                .formatted(
                        report.blobs(),
                        report.manifests(),
                        report.layers(),
                        report.packs(),
                        ByteSize.ofBytes(report.bytes()),
                        left == 0 ? "all is well" : Counted.of(left, "problem")));
        if (report.findings().stream().anyMatch(FsckCommand::inLayers)) {
            terminal.say("`dray layers verify --all --repair` downloads damaged layers again; `dray prune` removes a"
                    + " damaged pack that no layer needs any more");
        }
    }

    private static boolean inLayers(Finding finding) {
        return !finding.repaired() && (finding.kind() == Finding.Kind.LAYER || finding.kind() == Finding.Kind.PACK);
    }

    private static String label(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static JsonValue json(CheckReport report) {
        List<JsonValue> findings = new ArrayList<>();
        for (Finding finding : report.findings()) {
            List<String> images =
                    finding.images().stream().map(Finding.Sufferer::toString).toList();
            findings.add(JsonValue.object()
                    .put("kind", label(finding.kind()))
                    .put("subject", finding.subject())
                    .put("what", finding.what())
                    .put("repaired", finding.repaired())
                    .put("images", JsonValue.strings(images))
                    .build());
        }
        return JsonValue.object()
                .put("blobs", report.blobs())
                .put("manifests", report.manifests())
                .put("layers", report.layers())
                .put("packs", report.packs())
                .put("bytes", report.bytes())
                .put("findings", JsonValue.array(findings))
                .build();
    }
}
