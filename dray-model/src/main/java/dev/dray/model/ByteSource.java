package dev.dray.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes that can be read repeatedly and from any offset. Thread safe.
public interface ByteSource {
    /// Length in bytes.
    long size() throws IOException;

    /// Opens the bytes from `offset` on; the caller closes.
    ///
    /// @param offset from 0 to [#size]
    InputStream open(long offset) throws IOException;

    /// The bytes of a file that must not change.
    static ByteSource of(Path file) {
        return new ByteSource() {
            @Override
            public long size() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream open(long offset) throws IOException {
                FileChannel channel = FileChannel.open(file);
                channel.position(offset);
                return Channels.newInputStream(channel);
            }
        };
    }

    /// Bytes in memory, not copied.
    static ByteSource of(byte[] bytes) {
        return new ByteSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open(long offset) {
                int from = Math.toIntExact(offset);
                return new ByteArrayInputStream(bytes, from, bytes.length - from);
            }
        };
    }
}
