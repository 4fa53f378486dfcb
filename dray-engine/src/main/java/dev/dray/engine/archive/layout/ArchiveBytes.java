package dev.dray.engine.archive.layout;

import dev.dray.model.DrayException;
import dev.dray.model.io.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// The bytes of an archive, which can be read at any position: a file, or standard input, spooled into one without a
/// name.
///
/// Thread safe. The caller closes, which ends all streams over it.
public final class ArchiveBytes implements AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final long size;

    /// @param name for messages
    public ArchiveBytes(String name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        this.size = channel.size();
    }

    /// @throws DrayException of kind INVALID when it is no regular file
    public static ArchiveBytes open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "\"%s\" is not a file that can be read at any place".formatted(file));
        }
        return new ArchiveBytes(file.toString(), FileChannel.open(file));
    }

    /// The name for messages.
    public String name() {
        return name;
    }

    /// Length in bytes.
    public long size() {
        return size;
    }

    /// Exactly these bytes.
    ///
    /// @throws EOFException when they reach beyond the end
    public byte[] read(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException("\"%s\" ends within %d bytes at %d".formatted(name, length, offset));
            }
        }
        return buffer.array();
    }

    /// A part as a stream; closing it closes nothing else.
    public InputStream stream(long offset, long length) {
        return new Part(offset, length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// A part of the bytes.
    private final class Part extends BulkInputStream {
        private long position;
        private final long end;

        Part(long offset, long length) {
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(length, end - position);
            if (wanted == 0) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
            if (read < 0) {
                throw new EOFException("\"%s\" became shorter while it was read".formatted(name));
            }
            position += read;
            return read;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.clamp(count, 0, end - position);
            position += skipped;
            return skipped;
        }
    }
}
