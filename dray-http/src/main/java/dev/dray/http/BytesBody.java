package dev.dray.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// A request body that is in memory.
final class BytesBody implements RequestBody {
    private final byte[] bytes;

    BytesBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(bytes.length);
    }

    @Override
    public byte[] readAll(int limit) throws IOException {
        if (bytes.length > limit) {
            throw new BodyTooLarge(limit);
        }
        return bytes.clone();
    }

    @Override
    public long drainTo(SlabSink sink) throws IOException {
        if (bytes.length > 0) {
            sink.write(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        }
        return bytes.length;
    }
}
