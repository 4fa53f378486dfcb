package dev.dray.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// What follows the head of a request, read at most once: by [#readAll] or by [#drainTo].
///
/// A client that sent `Expect: 100-continue` is told to go on by the first of these calls, and never
/// when the handler answers without reading. A body that the handler does not read is drained a little
/// by the server or the connection is closed after the reply. Not thread safe; of no use after the
/// handler has returned.
public interface RequestBody {

    /// Length in bytes as announced; absent when the body comes in chunks.
    OptionalLong length();

    /// The whole body, for small ones.
    ///
    /// @param limit the most bytes to take
    /// @throws BodyTooLarge when it is longer than `limit`; nothing has been read when the announced length
    ///     says so
    /// @throws BodyTruncated when the connection ended, broke or fell silent before the body did
    byte[] readAll(int limit) throws IOException;

    /// Pumps the whole body into `sink`, slab by slab in order, and returns how many bytes it had.
    ///
    /// The sink is called on a platform thread, one call at a time, while the next slabs are being received;
    /// the calling virtual thread waits. A body that is small and already here goes to the sink as one slab
    /// on the calling thread. When four slabs wait, the client is held back. An empty body causes no call.
    ///
    /// @throws BodyTruncated when the connection ended, broke or fell silent before the body did; the
    ///     sink has then seen a prefix of it
    /// @throws IOException what the sink threw; nothing more is given to it
    long drainTo(SlabSink sink) throws IOException;

    /// The body of a request that has none.
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
