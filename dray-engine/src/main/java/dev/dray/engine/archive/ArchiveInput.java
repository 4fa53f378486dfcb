package dev.dray.engine.archive;

import java.io.InputStream;
import java.nio.file.Path;

/// An archive to load.
public sealed interface ArchiveInput {
    /// An archive in a file, or an OCI layout in a folder.
    record File(Path path) implements ArchiveInput {}

    /// An archive that can be read only once.
    ///
    /// @param stream read to its end
    /// @param name for messages
    record Stream(InputStream stream, String name) implements ArchiveInput {}
}
