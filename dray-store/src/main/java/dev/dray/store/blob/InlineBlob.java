package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;

/// A small blob, read out of the database when it was found.
public record InlineBlob(Digest digest, RawBytes bytes) implements Blob {
    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        InputStream stream = bytes.stream();
        stream.skipNBytes(offset);
        return stream;
    }
}
