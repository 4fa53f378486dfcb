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
        description = "Free what no image needs any more: blobs, layers, packs, and what a crash has left.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Images stay, those without a tag too unless --untagged is given: one that was pulled by digest has none.",
            "What a running command holds stays, and what lies without an image for less than the time of --grace.",
            "Others may go on working meanwhile; a registry's store can be pruned while it is served.",
            "",
            "Examples:",
            "  dray prune --dry-run",
            "  dray prune --untagged --grace 7d"
        })
public final class PruneCommand implements Callable<Integer> {
    private final CommandContext surroundings;

    @Option(names = "--dry-run", description = "only say what would go")
    private boolean dryRun;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = "how long something may lie without an image, as in 90m, 36h, 7d; default: 1h, in a"
                    + " registry's store 24h")
    private @Nullable String grace;

    @Option(names = "--untagged", description = "images without a tag go too; their blobs follow after the grace")
    private boolean untagged;

    @Option(
            names = {"-q", "--quiet"},
            description = "print the sum only")
    private boolean quiet;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public PruneCommand(CommandContext surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Terminal terminal = surroundings.terminal();
        try (Store store = Store.openExisting(engineOptions.folder(surroundings))) {
            Duration time = grace == null ? store.kind().grace() : TimeOption.parse(grace);
            CollectOptions options =
                    CollectOptions.after(time).withUntagged(untagged).withDryRun(dryRun);
            CollectReport report = store.collector()
                    .collect(options, (kind, name, bytes) -> print(terminal, kind, name, bytes))
                    .orElseThrow(() -> new DrayException(
                                    DrayException.Kind.UNAVAILABLE, "another process collects or copies this store")
                            .advising("try again when it is done"));
            terminal.result(
                    format == Format.json
                            ? Json.write(Collected.json(report)).toString()
                            : (dryRun ? "would free " : "freed ") + Collected.inWords(report));
        }
        return 0;
    }

    /// Links and contents are too many to be told one by one, and hold no bytes of their own.
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
