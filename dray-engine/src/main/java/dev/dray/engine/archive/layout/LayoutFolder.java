package dev.dray.engine.archive.layout;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files of a layout in a folder, found by fixed names and by digests, never by a name that the layout itself
/// tells.
///
/// A file must be a regular one and lie within the folder after all links are followed, so that a stranger's layout
/// cannot trick us into reading, or hanging on, something else. Thread safe.
public final class LayoutFolder implements LayoutFiles {
    private final Path root;

    private LayoutFolder(Path root) {
        this.root = root;
    }

    /// @throws DrayException of kind NOT_FOUND when there is no such folder
    public static LayoutFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "no such folder: \"%s\"".formatted(folder));
        }
        return new LayoutFolder(folder.toRealPath());
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public Optional<LayoutFile> find(String path) throws IOException {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Path real = file.toRealPath();
        if (!real.startsWith(root)) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid layout \"%s\": \"%s\" is a link out of the folder".formatted(root, path));
        }
        if (!Files.isRegularFile(real)) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "invalid layout \"%s\": \"%s\" is not a file".formatted(root, path));
        }
        return Optional.of(new OwnFile(real, Files.size(real)));
    }

    /// A file of the folder.
    private record OwnFile(Path file, long size) implements LayoutFile {
        @Override
        public InputStream open(long offset) throws IOException {
            FileChannel channel = FileChannel.open(file);
            channel.position(offset);
            return Channels.newInputStream(channel);
        }

        @Override
        public Optional<Path> path() {
            return Optional.of(file);
        }
    }
}
