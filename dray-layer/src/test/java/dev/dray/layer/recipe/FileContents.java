package dev.dray.layer.recipe;

import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.ContentSource;
import dev.dray.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The contents of a layer one behind the other in a file. Closing ends the writing.
final class FileContents implements ContentSink, ContentSource, AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final Map<Digest, Long> offsets = new HashMap<>();
    private long end;

    FileContents(Path file) throws IOException {
        this.file = file;
        this.out = Files.newOutputStream(file);
    }

    @Override
    public void begin() {}

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        end += length;
    }

    @Override
    public void end(Digest digest, long size) {
        offsets.putIfAbsent(digest, end - size);
    }

    @Override
    public InputStream open(Digest digest, long size) throws IOException {
        FileChannel channel = FileChannel.open(file);
        channel.position(Objects.requireNonNull(offsets.get(digest)));
        return new Limited(Channels.newInputStream(channel), size);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /// The first bytes of a stream.
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = left <= 0 ? -1 : in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
