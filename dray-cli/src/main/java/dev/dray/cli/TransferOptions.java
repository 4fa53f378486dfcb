package dev.dray.cli;

import dev.dray.engine.adopt.AdoptListener;
import dev.dray.model.Reference;
import java.util.List;
import picocli.CommandLine.Option;

/// Options of commands that move blobs: how progress is shown, and how registries are reached.
final class TransferOptions {
    /// How progress is shown.
    enum Progress {
        auto,
        bars,
        plain,
        none
    }

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            description = "bars, plain or none; default: bars on a terminal, else plain")
    private Progress progress = Progress.auto;

    @Option(
            names = {"-q", "--quiet"},
            description = "print results only")
    private boolean quiet;

    @Option(names = "--plain-http", description = "speak to the registry without TLS (loopback needs no such wish)")
    private boolean plainHttp;

    ProgressDisplay display(Terminal terminal, Activity activity) {
        if (quiet || progress == Progress.none) {
            return ProgressDisplay.none();
        }
        boolean bars = progress == Progress.bars || (progress == Progress.auto && terminal.interactive());
        return bars ? new ProgressBars(terminal, activity) : new ProgressLines(terminal, activity);
    }

    /// Shows the search for encoders of layers that another engine unpacked.
    AdoptListener adopting(Terminal terminal) {
        return quiet || progress == Progress.none ? AdoptListener.silent() : new AdoptProgress(terminal);
    }

    List<String> plainHttp(List<Reference> names) {
        return plainHttp ? names.stream().map(Reference::host).distinct().toList() : List.of();
    }
}
