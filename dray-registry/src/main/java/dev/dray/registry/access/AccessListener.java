package dev.dray.registry.access;

import java.nio.file.Path;

/// Receives the result each time a users or access file is reloaded.
public interface AccessListener {
    /// Ignores all reloads.
    AccessListener SILENT = new AccessListener() {
        @Override
        public void reloaded(Path file) {}

        @Override
        public void refused(Path file, String why) {}
    };

    /// The file changed, and its new content is in force.
    void reloaded(Path file);

    /// The file changed, but the new content does not parse; the previous content stays in force. Called once per
    /// change.
    void refused(Path file, String why);
}
