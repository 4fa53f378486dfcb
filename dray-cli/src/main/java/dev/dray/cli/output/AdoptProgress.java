package dev.dray.cli.output;

import dev.dray.engine.adopt.host.HostLayer;
import dev.dray.engine.adopt.search.AdoptListener;
import dev.dray.engine.adopt.search.SearchedLayer;
import dev.dray.layer.recipe.EncoderId;
import java.util.List;
import java.util.stream.Collectors;

/// Progress of the search for encoders: one redrawn line on a terminal. Thread safe.
public final class AdoptProgress implements AdoptListener {
    private static final long PAUSE = 100_000_000L;

    private final Terminal terminal;
    private long drawn;

    public AdoptProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void testing(HostLayer layer, List<EncoderId> encoders, long done, long total) {
        if (!terminal.interactive() || System.nanoTime() - drawn < PAUSE) {
            return;
        }
        drawn = System.nanoTime();
        String names = encoders.stream().map(EncoderId::toString).collect(Collectors.joining(", "));
        String line = "layer %s %d %% testing %s"
                .formatted(layer.diffId().shortHex(), 100 * done / Math.max(1, total), names);
        int columns = Math.max(20, terminal.columns() - 1);
        terminal.err().print("\r\u001b[K" + (line.length() > columns ? line.substring(0, columns) : line));
        terminal.err().flush();
    }

    @Override
    public synchronized void checked(SearchedLayer check) {
        if (terminal.interactive()) {
            terminal.err().print("\r\u001b[K");
        }
        terminal.say("layer %s: %s%s"
                .formatted(
                        check.layer().diffId().shortHex(),
                        AdoptReports.word(check.outcome()),
                        check.encoder().map(id -> ", " + id).orElse("")));
    }
}
