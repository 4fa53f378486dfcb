package dev.dray.engine.archive.layout;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// A file of a layout or an archive: bytes that are there, whatever they are. Thread safe.
public interface LayoutFile {
    /// Length in bytes.
    long size();

    /// The bytes from `offset` on; the caller closes.
    InputStream open(long offset) throws IOException;

    /// Where it lies, when it is a file of its own.
    default Optional<Path> path() {
        return Optional.empty();
    }

    /// All of it.
    ///
    /// @param name for the message
    /// @throws DrayException of kind TOO_LARGE beyond `limit`
    default RawBytes document(String name, int limit) throws IOException {
        if (size() > limit) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE, "%s is larger than the limit of %d bytes".formatted(name, limit));
        }
        try (InputStream in = open(0)) {
            return RawBytes.copyOf(in.readNBytes((int) size()));
        }
    }

    /// It as what a digest names.
    default Content named(Digest digest) {
        return new LayoutContent(digest, this);
    }
}
