package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.store.filesystem.FileOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// A blob that is a file of its own.
///
/// @param moved where the blob is when the file has gone since its row was read
public record FileBlob(Digest digest, long size, Path path, FileOperations files, Supplier<Optional<Blob>> moved)
        implements Blob {
    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public InputStream open(long offset) throws IOException {
        try {
            return files.read(path, offset);
        } catch (NoSuchFileException e) {
            return moved.get().orElseThrow(() -> e).open(offset);
        }
    }
}
