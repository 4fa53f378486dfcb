package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.MirrorOption;
import dev.dray.cli.command.TransferOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.StorageFormWords;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.Engine;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PullReport;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.model.ByteSize;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray pull`.
@Command(
        name = "pull",
        description = "Pull images from their registries into the store.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A mirror serves images of other registries: a host that runs `dray serve` on its own store, or any that",
            "accepts the parameter ns. Content that it lacks comes from the image's own registry.",
            "",
            "Examples:",
            "  dray pull debian:12",
            "  dray pull --platform linux/arm64 localhost:5000/team/app",
            "  dray pull --platform all quay.io/app@sha256:...",
            "  dray pull --mirror http://build-1:5001 localhost:5000/team/app",
            "  dray pull --later debian:12         (fast; `dray layers convert` saves the space afterwards)"
        })
public final class PullCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "images to pull")
    private List<String> names = List.of();

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH[/VARIANT]|all",
            description = "which image of a multi-platform one; all: every one, and the index; default: this host's")
    private @Nullable String platform;

    @Option(
            names = "--mirror",
            paramLabel = "HOST:PORT",
            description = "try this mirror first; repeatable; http://HOST:PORT for one without TLS")
    private List<String> mirrors = List.of();

    @Option(names = "--referrers", description = "pull the referrers too: signatures, bills of materials and the like")
    private boolean referrers;

    @Option(
            names = "--later",
            description = "keep the layers as blobs; `dray layers convert` turns them into recipes afterwards")
    private boolean later;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    public PullCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        List<Reference> references = names.stream().map(Reference::parse).toList();
        PlatformChoice choice = platform == null ? PlatformChoice.host() : PlatformChoice.parse(platform);
        try (Engine engine = open(references)) {
            for (Reference reference : references) {
                PullReport report;
                try (ProgressDisplay progress = transfer.display(terminal, Activity.pulling)) {
                    report = engine.pull(reference, new PullOptions(choice, referrers, later), progress);
                }
                print(terminal, report);
            }
        }
        return 0;
    }

    private Engine open(List<Reference> references) {
        List<MirrorOption> places = mirrors.stream().map(MirrorOption::parse).toList();
        Set<String> plainHttp = new HashSet<>(transfer.plainHttp(references));
        places.stream().filter(MirrorOption::plainHttp).map(MirrorOption::host).forEach(plainHttp::add);
        return engineOptions.open(
                context,
                context.clientOptions()
                        .plainHttp(plainHttp)
                        .mirrors(places.stream().map(MirrorOption::host).toList()));
    }

    private void print(Terminal terminal, PullReport report) {
        if (format == Format.json) {
            terminal.result(Json.write(JsonValue.object()
                            .put("name", report.reference().toString())
                            .put("digest", report.digest().toString())
                            .put("changed", report.changed())
                            .put("blobs", report.blobs())
                            .put("blobsFetched", report.fetched())
                            .put("bytesFetched", report.bytes())
                            .put("referrers", report.referrers())
                            .put("kept", StorageFormWords.json(report.policy()))
                            .put("seconds", JsonValue.of(report.duration().toMillis() / 1000.0))
                            .build())
                    .toString());
            return;
        }
        terminal.result("%s: %s".formatted(report.reference(), report.digest()));
        String referring = referrers ? ", %d referrers".formatted(report.referrers()) : "";
        terminal.say("%s: %d of %d blobs fetched, %s%s, %.1f s"
                .formatted(
                        report.changed() ? "pulled" : "up to date",
                        report.fetched(),
                        report.blobs(),
                        ByteSize.ofBytes(report.bytes()),
                        referring,
                        report.duration().toMillis() / 1000.0));
        if (!report.policy().layers().isEmpty()) {
            terminal.say("kept: " + StorageFormWords.summary(report.policy()));
        }
    }
}
