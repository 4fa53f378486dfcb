package dev.dray.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps off the screen what the store logs of files that it drops: commands tell it in their own words, and `--debug`
/// shows it.
final class StoreLog {
    /// Held here, since a level lasts only as long as its logger.
    private static final Logger LAYERS = Logger.getLogger("dev.dray.store.Layers");

    private StoreLog() {}

    static void quieten() {
        if (!LAYERS.isLoggable(Level.FINE)) {
            LAYERS.setLevel(Level.WARNING);
        }
    }
}
