package dev.dray.engine.archive;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a layout, found by fixed names and by digests, never by a name that the layout itself tells.
///
/// A file must be a regular one and lie within the folder after all links are followed, so that a stranger's layout
/// cannot make us read, or hang on, something else. Thread safe.
final class LayoutFolder {
    private final Path root;

    private LayoutFolder(Path root) {
        this.root = root;
    }

    /// @throws DrayException of kind NOT_FOUND when there is no such folder
    static LayoutFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "no such folder: \"%s\"".formatted(folder));
        }
        return new LayoutFolder(folder.toRealPath());
    }

    Path root() {
        return root;
    }

    /// The file of a blob.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is not there, INVALID when it is no file of this folder
    Path blob(Digest digest) throws IOException {
        return inside(Path.of("blobs", digest.algorithm().label(), digest.hex()));
    }

    /// A whole document.
    ///
    /// @throws DrayException of kind NOT_FOUND or INVALID as [#blob], TOO_LARGE beyond `limit`
    RawBytes document(String name, int limit) throws IOException {
        return document(inside(Path.of(name)), limit);
    }

    /// A whole document that is a blob.
    ///
    /// @throws DrayException of kind CORRUPT when its bytes are not those of the digest
    RawBytes document(Digest digest, int limit) throws IOException {
        RawBytes raw = document(blob(digest), limit);
        if (!raw.digest(digest.algorithm()).equals(digest)) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "damaged layout \"%s\": the bytes of %s hash to %s"
                            .formatted(root, digest, raw.digest(digest.algorithm())));
        }
        return raw;
    }

    private RawBytes document(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "\"%s\" is larger than the limit of %d bytes".formatted(file, limit));
            }
            return RawBytes.copyOf(bytes);
        }
    }

    private Path inside(Path relative) throws IOException {
        Path file = root.resolve(relative);
        if (!Files.exists(file)) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND, "the layout \"%s\" has no \"%s\"".formatted(root, relative));
        }
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid layout \"%s\": \"%s\" is a link out of the folder".formatted(root, relative));
        }
        if (!Files.isRegularFile(real)) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid layout \"%s\": \"%s\" is not a file".formatted(root, relative));
        }
        return real;
    }
}
