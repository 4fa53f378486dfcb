package dev.dray.engine.archive.layout;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.util.Optional;

/// The files of a layout by name, in a folder or a tar. Thread safe.
public interface LayoutFiles {
    /// The name of the layout for messages.
    String name();

    /// The file, when it is there.
    ///
    /// @param path with slashes: `blobs/sha256/…`
    /// @throws DrayException of kind INVALID when it is no file of this layout
    Optional<? extends LayoutFile> find(String path) throws IOException;

    /// The file.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is not there, INVALID as [#find]
    default LayoutFile get(String path) throws IOException {
        Optional<? extends LayoutFile> found = find(path);
        if (found.isEmpty()) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND, "\"%s\" has no \"%s\"".formatted(name(), TarIndex.shown(path)));
        }
        return found.get();
    }
}
