package dev.dray.layer.tarsplit;

import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;

/// Where the data of a layer's entries is, by name: a layer's folder in a store of Docker or of containers/storage.
@FunctionalInterface
public interface NamedFiles {
    /// Opens the data of an entry; the caller closes.
    ///
    /// The name comes from a stranger: it can be absolute, climb with `..`, or go through a symbolic link that the
    /// layer itself brought. Whoever resolves it in a file system stays inside the layer's folder and follows no
    /// link.
    ///
    /// @param name in the bytes of the archive
    InputStream open(RawBytes name) throws IOException;
}
