package dev.dray.client.transport;

import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;

/// Bytes of known length to send, reopened for each attempt.
public interface RequestBody {
    /// Length in bytes.
    long length();

    /// Opens the bytes from the first one on; the transport closes the stream.
    InputStream open() throws IOException;

    static RequestBody of(RawBytes raw) {
        return new RequestBody() {
            @Override
            public long length() {
                return raw.size();
            }

            @Override
            public InputStream open() {
                return raw.stream();
            }
        };
    }
}
