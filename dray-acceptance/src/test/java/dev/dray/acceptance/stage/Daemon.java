package dev.dray.acceptance.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// A daemon of another engine, private to a test: closing stops it and its child processes.
final class Daemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Background process;

    private Daemon(Background process) {
        this.process = process;
    }

    /// Starts one and waits until it answers.
    ///
    /// @param name of its log within `folder`
    /// @param answers queries it with its command line
    static Daemon start(Path folder, String name, List<String> command, BooleanSupplier answers)
            throws IOException, InterruptedException {
        Daemon daemon = new Daemon(Background.start(folder, name, command, Map.of()));
        try {
            daemon.process.await("an answer of " + name, PATIENCE, answers);
            return daemon;
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            daemon.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        try {
            process.stopOutermost(PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            process.close();
        }
    }
}
