package dev.dray.cli.store;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.command.EngineOptions;
import dev.dray.cli.command.ExitCode;
import dev.dray.cli.output.Terminal;
import dev.dray.model.ByteSize;
import dev.dray.store.BackupReport;
import dev.dray.store.Store;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dray backup`.
@Command(
        name = "backup",
        description = "Copy a store, which may be in use, into an empty folder.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The copy is a store as of one moment, without later pushes and pulls; no collection runs",
            "meanwhile. To restore, serve or use the copy, or copy it to the old path.",
            "",
            "Examples:",
            "  dray backup /backup/images-2026-01-01",
            "  dray backup --store /var/lib/dray/registry /backup/registry"
        })
public final class BackupCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "DIR", description = "the folder of the copy; absent or empty")
    private @Nullable Path target;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public BackupCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        Path folder = Objects.requireNonNull(target);
        BackupReport report;
        try (Store store = Store.openExisting(engineOptions.folder(context))) {
            report = store.backup(folder);
        }
        report.damaged()
                .forEach(
                        blob -> terminal.result("blob %s is damaged in the store, and so in the copy".formatted(blob)));
        terminal.result(
                "copied %d files (%s) to %s".formatted(report.files(), ByteSize.ofBytes(report.bytes()), folder));
        return report.damaged().isEmpty() ? 0 : ExitCode.FAILURE;
    }
}
