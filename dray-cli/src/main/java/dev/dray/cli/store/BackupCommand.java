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
        description = "Copy a store that may be in use into an empty folder, which is a store afterwards.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The copy is the store as it was at one moment; what is pushed or pulled meanwhile is not in it, and"
                    + " nothing",
            "is collected meanwhile. To restore, serve or use the copy, or copy it to the old place.",
            "",
            "Examples:",
            "  dray backup /backup/images-2026-01-01",
            "  dray backup --store /var/lib/dray/registry /backup/registry"
        })
public final class BackupCommand implements Callable<Integer> {
    private final CommandContext surroundings;

    @Parameters(paramLabel = "DIR", description = "where the copy goes; absent or empty")
    private @Nullable Path target;

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    public BackupCommand(CommandContext surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        Path folder = Objects.requireNonNull(target);
        BackupReport report;
        try (Store store = Store.openExisting(engineOptions.folder(surroundings))) {
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
