package dev.dray.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Bytes of known digest and size, which can be read repeatedly and from any offset.
///
/// Thread safe. The consumer verifies the stream from `open`: a source does not promise that the bytes match the
/// digest, and every boundary verifies it.
public interface Content extends ByteSource {
    Digest digest();

    /// Length in bytes.
    @Override
    long size();

    /// The file that holds exactly these bytes, if there is one, so that it can be sent without copying.
    default Optional<Path> file() {
        return Optional.empty();
    }

    /// The content of a document in memory.
    static Content of(RawBytes raw, Digest digest) {
        return new Content() {
            @Override
            public Digest digest() {
                return digest;
            }

            @Override
            public long size() {
                return raw.size();
            }

            @Override
            public InputStream open(long offset) throws IOException {
                InputStream stream = raw.stream();
                stream.skipNBytes(offset);
                return stream;
            }
        };
    }
}
