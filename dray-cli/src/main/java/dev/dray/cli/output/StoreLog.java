package dev.dray.cli.output;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Shows the store's log to users. Omits dropped files, which commands report in their own words; `--debug` shows them
/// too. A warning is one line, without the time and the class.
public final class StoreLog {
    /// A static reference, since a level lasts only as long as its logger.
    private static final Logger LAYERS = Logger.getLogger("dev.dray.store.layer.Layers");

    private StoreLog() {}

    public static void quieten() {
        // read by the formatter when the first line is logged
        System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n");
        if (!LAYERS.isLoggable(Level.FINE)) {
            LAYERS.setLevel(Level.WARNING);
        }
    }
}
