package dev.dray.engine.archive.layout;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// A blob of a layout or an archive, in its file.
record LayoutContent(Digest digest, LayoutFile stored) implements Content {
    @Override
    public long size() {
        return stored.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return stored.open(offset);
    }

    @Override
    public Optional<Path> file() {
        return stored.path();
    }
}
