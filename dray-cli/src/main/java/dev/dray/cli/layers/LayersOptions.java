package dev.dray.cli.layers;

import dev.dray.cli.output.Format;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.layers.Layers;
import dev.dray.engine.layers.LayersListener;
import dev.dray.model.DrayException;
import picocli.CommandLine.Option;

/// Options of every command that encodes layers.
final class LayersOptions {
    @Option(names = "--workers", paramLabel = "N", description = "threads that encode at once; default: all processors")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-q", "--quiet"},
            description = "print results only")
    private boolean quiet;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    Layers open(Terminal terminal) {
        if (workers < 1 || workers > 1024) {
            throw new DrayException(DrayException.Kind.INVALID, "--workers is between 1 and 1024, not " + workers);
        }
        return new Layers(
                workers, quiet || !terminal.interactive() ? LayersListener.SILENT : new LayersProgress(terminal));
    }

    /// Prints a progress line where progress is not redrawn.
    void say(Terminal terminal, String line) {
        if (!quiet) {
            terminal.say((terminal.interactive() ? "\r\u001b[K" : "") + line);
        }
    }

    boolean json() {
        return format == Format.json;
    }
}
