package dev.dray.http.netty;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Loads what it takes to report trouble, for later there may be no descriptor to load it with: an event loop that
/// cannot write its warning dies of that.
final class TroubleClasses {
    private TroubleClasses() {}

    static void loadInBackground() {
        Thread.ofPlatform().name("http-start").daemon().start(TroubleClasses::load);
    }

    private static void load() {
        openJars();
        LogRecord record = new LogRecord(Level.WARNING, "none");
        record.setThrown(new IOException("none", new IOException("none")));
        var _ = new SimpleFormatter().format(record);
        var _ = Logger.getLogger("").getHandlers();
    }

    /// A class path is searched to its end for what is in none of its jars, and they stay open.
    private static void openJars() {
        ClassLoader loader = TroubleClasses.class.getClassLoader();
        if (loader != null) {
            var _ = loader.getResource("dev/dray/absent");
        }
    }
}
