package dev.dray.registry.access;

import java.nio.file.Path;

/// Is told when a file of rights was read again.
public interface AccessListener {
    /// Hears nothing.
    AccessListener SILENT = new AccessListener() {
        @Override
        public void reloaded(Path file) {}

        @Override
        public void refused(Path file, String why) {}
    };

    /// The file changed, and what it says now is in force.
    void reloaded(Path file);

    /// The file changed, but what it says is not understood; what it said before stays in force. Told once
    /// a change.
    void refused(Path file, String why);
}
