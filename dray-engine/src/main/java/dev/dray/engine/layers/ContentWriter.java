package dev.dray.engine.layers;

import dev.dray.layer.tar.ContentSink;
import dev.dray.model.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes contents into a folder, each once, under its hash. Not thread safe.
final class ContentWriter implements ContentSink, AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final SplitFolder folder;
    private final Path staged;
    private @Nullable OutputStream open;

    ContentWriter(SplitFolder folder) throws IOException {
        this.folder = folder;
        this.staged = folder.contents().resolve("staged");
        Files.createDirectory(folder.contents());
    }

    @Override
    public void begin() throws IOException {
        open = new BufferedOutputStream(Files.newOutputStream(staged), BUFFER);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (open == null) {
            throw new IllegalStateException("no content has begun");
        }
        open.write(bytes, offset, length);
    }

    @Override
    public void end(Digest digest, long size) throws IOException {
        close();
        Path file = folder.content(digest);
        if (Files.exists(file)) {
            Files.delete(staged);
        } else {
            Files.move(staged, file);
        }
    }

    /// Ends a content that was broken off.
    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
