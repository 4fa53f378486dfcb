package dev.dray.engine.adopt.host;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The images of another engine on this host. Reads only; thread safe; holds nothing open.
public interface HostStore {
    HostEngine engine();

    /// Its folder.
    Path root();

    /// Its storage driver: `overlay2`, `vfs`.
    String driver();

    /// All images that are there now.
    List<HostEntry> entries() throws IOException;

    /// Looks into one image.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is gone, INVALID when the engine's records of it make no
    ///     sense, UNSUPPORTED when it is in a format that is not known
    HostImage image(HostEntry entry) throws IOException;

    /// The image that people mean by `name`: a name, or the beginning of an ID.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is none
    default HostEntry entry(String name) throws IOException {
        List<HostEntry> meant =
                entries().stream().filter(entry -> entry.isMeantBy(name)).toList();
        if (meant.isEmpty()) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "no image \"%s\" in \"%s\"".formatted(name, root()))
                    .advising("dray adopt ls lists those that are there");
        }
        return meant.getFirst();
    }
}
