package dev.dray.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// The body of a reply. Its length is always known, so clients can detect a truncated reply.
public sealed interface ResponseBody {

    /// Length in bytes.
    long length();

    /// Nothing.
    record Empty() implements ResponseBody {
        @Override
        public long length() {
            return 0;
        }
    }

    /// Bytes in memory, which must not change afterwards.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of each would be waste
    record Bytes(byte[] bytes) implements ResponseBody {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /// A part of a file, sent by `sendfile` over cleartext and copied over TLS. The server closes the channel.
    ///
    /// If the file turns out to be shorter, the connection closes short of the announced length.
    ///
    /// @param offset of the first byte in the file
    record FileRegion(FileChannel channel, long offset, long length) implements ResponseBody {

        public FileRegion {
            Objects.requireNonNull(channel);
            if (offset < 0 || length < 0) {
                throw new IllegalArgumentException("a file region cannot have a negative offset or length");
            }
        }

        /// The whole of `file`, at its current length.
        public static FileRegion open(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new FileRegion(channel, 0, channel.size());
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    /// Bytes generated while they are sent. The server reads them on a platform thread as fast as the client takes
    /// them, and closes the stream.
    ///
    /// If the stream fails or ends early, the connection closes short of the announced length; bytes beyond that
    /// length are not sent.
    record Streamed(InputStream stream, long length) implements ResponseBody {

        public Streamed {
            Objects.requireNonNull(stream);
            if (length < 0) {
                throw new IllegalArgumentException("a streamed body cannot have a negative length");
            }
        }
    }

    /// A length without the bytes, for replies to HEAD. With any other method it is an error of the handler.
    record Omitted(long length) implements ResponseBody {

        public Omitted {
            if (length < 0) {
                throw new IllegalArgumentException("an omitted body cannot have a negative length");
            }
        }
    }
}
