package dev.dray.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;

/// The body of a request, which can be read once: by [#readAll] or by [#drainTo].
///
/// The first read tells a client that sent `Expect: 100-continue` to send the body; if the handler replies without
/// reading, the client never gets that signal. The server drains a short unread body, and closes the connection after
/// the reply when a longer one is left. Not thread safe; invalid after the handler has returned.
public interface RequestBody {

    /// Announced length in bytes; absent for a chunked body.
    OptionalLong length();

    /// Reads the whole body into memory.
    ///
    /// @param limit the most bytes to accept
    /// @throws BodyTooLarge when it is longer than `limit`; nothing has been read when the announced length says so
    /// @throws BodyTruncated when the connection ended, broke or timed out before the body was complete
    byte[] readAll(int limit) throws IOException;

    /// [#readAll] for a body that has to be here within `patience`, for it takes memory meanwhile.
    ///
    /// @throws BodyTruncated also when it is not
    default byte[] readAll(int limit, Duration patience) throws IOException {
        return readAll(limit);
    }

    /// Pumps the whole body into `sink`, slab by slab in order, and returns how many bytes it had.
    ///
    /// The sink is called on a platform thread, one call at a time, while the next slabs are received; the calling
    /// virtual thread waits. A small body that has already arrived goes to the sink as one slab, on the calling
    /// thread. When four slabs wait, the server stops reading from the client. An empty body causes no call.
    ///
    /// @throws BodyTruncated when the connection ended, broke or timed out before the body was complete; the sink
    ///     has then received a prefix of it
    /// @throws IOException thrown by the sink, which receives nothing more
    long drainTo(SlabSink sink) throws IOException;

    /// An empty body.
    static RequestBody empty() {
        return of(new byte[0]);
    }

    /// A body in memory, for tests of handlers.
    static RequestBody of(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new RequestBody() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(copy.length);
            }

            @Override
            public byte[] readAll(int limit) throws IOException {
                if (copy.length > limit) {
                    throw new BodyTooLarge(limit);
                }
                return copy.clone();
            }

            @Override
            public long drainTo(SlabSink sink) throws IOException {
                if (copy.length > 0) {
                    sink.write(ByteBuffer.wrap(copy).asReadOnlyBuffer());
                }
                return copy.length;
            }
        };
    }
}
