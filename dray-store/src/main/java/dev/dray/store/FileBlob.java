package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.store.filesystem.FileOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// A blob that is a file of its own.
record FileBlob(Digest digest, long size, Path path, FileOperations files) implements Blob {
    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return files.read(path, offset);
    }
}
