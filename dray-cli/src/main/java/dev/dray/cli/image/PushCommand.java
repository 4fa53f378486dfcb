package dev.dray.cli.image;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.TransferOptions;
import dev.dray.cli.output.Activity;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.Terminal;
import dev.dray.client.push.PushReport;
import dev.dray.engine.Engine;
import dev.dray.engine.copy.PushOptions;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dray push`.
@Command(
        name = "push",
        description = "Push images to the registries in their names, sending only new content.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A blob that the registry has in another repository is mounted, not sent. Several names make one push:",
            "shared content is queried and sent once.",
            "",
            "Examples:",
            "  dray push localhost:5000/team/app:1",
            "  dray push localhost:5000/team/app:1 localhost:5000/team/app:2",
            "  dray push -a localhost:5000/team/app"
        })
public final class PushCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "images to push")
    private List<String> names = List.of();

    @Option(
            names = {"-a", "--all-tags"},
            description = "push all tags of each repository named")
    private boolean allTags;

    @Option(names = "--referrers", description = "push the referrers too: signatures, bills of materials and the like")
    private boolean referrers;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private TransferOptions transfer = new TransferOptions();

    public PushCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        List<Reference> references = names.stream().map(Reference::parse).toList();
        if (allTags) {
            requireNoTags();
        }
        try (Engine engine = engineOptions.open(context, transfer.plainHttp(references))) {
            Map<Reference, PushReport> reports;
            try (ProgressDisplay progress = transfer.display(terminal, Activity.pushing)) {
                reports = engine.push(references, new PushOptions(allTags, referrers), progress);
            }
            reports.forEach((first, report) -> print(terminal, first, report));
        }
        return 0;
    }

    /// With --all-tags a tag would be silently ignored.
    private void requireNoTags() {
        for (String name : names) {
            if (name.indexOf(':', name.lastIndexOf('/') + 1) >= 0) {
                throw new DrayException(
                                DrayException.Kind.INVALID,
                                "\"%s\" has a tag or digest, and --all-tags pushes all tags".formatted(name))
                        .advising("drop one of the two");
            }
        }
    }

    private void print(Terminal terminal, Reference first, PushReport report) {
        if (format == Format.json) {
            terminal.result(Json.write(json(first, report)).toString());
            return;
        }
        report.tags()
                .forEach(tag -> terminal.result("%s: %s%s"
                        .formatted(first.withTag(tag.tag()), tag.digest(), tag.changed() ? "" : " (as before)")));
        terminal.say("%d mounted, %d uploaded, %d already there; %s sent in %d requests, %.1f s"
                .formatted(
                        report.linked(),
                        report.uploaded(),
                        report.alreadyThere(),
                        ByteSize.ofBytes(report.traffic().bytesSent()),
                        report.traffic().totalRequests(),
                        report.duration().toMillis() / 1000.0));
    }

    private static JsonValue json(Reference first, PushReport report) {
        List<JsonValue> tags = new ArrayList<>();
        report.tags()
                .forEach(tag -> tags.add(JsonValue.object()
                        .put("name", first.withTag(tag.tag()).toString())
                        .put("digest", tag.digest().toString())
                        .put("changed", tag.changed())
                        .build()));
        return JsonValue.object()
                .put("tags", JsonValue.array(tags))
                .put("blobsLinked", report.linked())
                .put("blobsUploaded", report.uploaded())
                .put("blobsAlreadyThere", report.alreadyThere())
                .put("bytesSent", report.traffic().bytesSent())
                .put("requests", report.traffic().totalRequests())
                .put("tokenRequests", report.traffic().tokenRequests())
                .put("seconds", JsonValue.of(report.duration().toMillis() / 1000.0))
                .build();
    }
}
