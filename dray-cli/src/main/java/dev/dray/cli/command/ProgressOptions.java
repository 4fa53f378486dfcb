package dev.dray.cli.command;

import dev.dray.cli.output.Activity;
import dev.dray.cli.output.ProgressBars;
import dev.dray.cli.output.ProgressDisplay;
import dev.dray.cli.output.ProgressLines;
import dev.dray.cli.output.StoreLog;
import dev.dray.cli.output.Terminal;
import picocli.CommandLine.Option;

/// Progress options of long-running commands.
public final class ProgressOptions {
    /// The style of progress.
    enum Progress {
        auto,
        bars,
        plain,
        none
    }

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            description = "bars, plain or none; default: bars on a terminal, otherwise plain")
    private Progress progress = Progress.auto;

    @Option(
            names = {"-q", "--quiet"},
            description = "print results only")
    private boolean quiet;

    public ProgressDisplay display(Terminal terminal, Activity activity) {
        StoreLog.quieten();
        if (silent()) {
            return ProgressDisplay.none();
        }
        boolean bars = progress == Progress.bars || (progress == Progress.auto && terminal.interactive());
        return bars ? new ProgressBars(terminal, activity) : new ProgressLines(terminal, activity);
    }

    /// Whether to show no progress.
    boolean silent() {
        return quiet || progress == Progress.none;
    }
}
