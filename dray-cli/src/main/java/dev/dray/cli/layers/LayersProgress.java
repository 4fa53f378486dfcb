package dev.dray.cli.layers;

import dev.dray.cli.output.Terminal;
import dev.dray.engine.layers.LayersListener;
import java.util.Locale;

/// Progress of work on layers, as one line that is redrawn. Called from one thread.
record LayersProgress(Terminal terminal) implements LayersListener {
    @Override
    public void advance(String source, Step step, long done, long total) {
        String name = step.name().toLowerCase(Locale.ROOT);
        String share = total > 0 ? " %d %%".formatted(100 * done / total) : "";
        String line = name + share + " " + source;
        int columns = Math.max(20, terminal.columns() - 1);
        terminal.err().print("\r\u001b[K" + (line.length() > columns ? line.substring(0, columns) : line));
        terminal.err().flush();
    }
}
