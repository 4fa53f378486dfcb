package dev.dray.cli.output;

import java.util.logging.Level;
import java.util.logging.Logger;

/// What the store logs, on the screen of somebody who typed a command. Files that it drops are left out: commands tell
/// them in their own words, and `--debug` shows them. A warning is one line, without the time and the class.
public final class StoreLog {
    /// Held here, since a level lasts only as long as its logger.
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
