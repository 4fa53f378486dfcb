package dev.dray.cli.store;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.TimeOption;
import dev.dray.cli.output.Collected;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.Terminal;
import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.json.Json;
import dev.dray.store.Store;
import dev.dray.store.collect.CollectOptions;
import dev.dray.store.collect.CollectReport;
import dev.dray.store.collect.CollectedKind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dray prune`.
@Command(
        name = "prune",
        description = "Free content that no image needs: blobs, layers, packs, and the remains of crashes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Images stay; untagged ones go only with --untagged, for an image pulled by digest has no tag.",
            "Content leased by a running command stays, and content unreferenced for less than the time of --grace.",
            "Other processes may use the store meanwhile; a registry's store can be pruned while it is served.",
            "",
            "Examples:",
            "  dray prune --dry-run",
            "  dray prune --untagged --grace 7d"
        })
public final class PruneCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--dry-run", description = "list what would be removed, and remove nothing")
    private boolean dryRun;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = "how long content may be unreferenced, as in 90m, 36h, 7d; default: 1h, in a"
                    + " registry's store 24h")
    private @Nullable String grace;

    @Option(names = "--untagged", description = "remove untagged images too; their blobs follow after the grace")
    private boolean untagged;

    @Option(
            names = {"-q", "--quiet"},
            description = "print the total only")
    private boolean quiet;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public PruneCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = context.terminal();
        try (Store store = Store.openExisting(engineOptions.folder(context))) {
            Duration time = grace == null ? store.kind().grace() : TimeOption.parse(grace);
            CollectOptions options =
                    CollectOptions.after(time).withUntagged(untagged).withDryRun(dryRun);
            CollectReport report = store.collector()
                    .collect(options, (kind, name, bytes) -> print(terminal, kind, name, bytes))
                    .orElseThrow(() -> new DrayException(
                                    DrayException.Kind.UNAVAILABLE,
                                    "another process is collecting or copying this store")
                            .advising("try again when it is done"));
            terminal.result(
                    format == Format.json
                            ? Json.write(Collected.json(report)).toString()
                            : (dryRun ? "would free " : "freed ") + Collected.inWords(report));
        }
        return 0;
    }

    /// Links and contents are too many to list one by one, and hold no bytes of their own.
    private void print(Terminal terminal, CollectedKind kind, String name, long bytes) {
        boolean told = switch (kind) {
            case LINK, CONTENT -> false;
            case MANIFEST, REPOSITORY, FILE, INLINE, REBUILT, LAYER, PACK, REPACKED, ORPHAN -> true;
        };
        if (told && !quiet && format == Format.table) {
            terminal.result("%s %s%s"
                    .formatted(kind.label(), name, bytes == 0 ? "" : " (%s)".formatted(ByteSize.ofBytes(bytes))));
        }
    }
}
