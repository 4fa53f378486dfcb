package dev.dray.engine.archive;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// A blob of a layout, in its file.
record LayoutContent(Digest digest, long size, Path path) implements Content {
    @Override
    public InputStream open(long offset) throws IOException {
        FileChannel channel = FileChannel.open(path);
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }
}
