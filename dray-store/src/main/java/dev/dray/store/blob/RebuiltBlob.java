package dev.dray.store.blob;

import dev.dray.model.Digest;
import dev.dray.store.rebuild.RebuildPool;
import java.io.InputStream;

/// A blob that is rebuilt from its recipe while it is read. Readers at about the same position share the work.
///
/// A stream passes on only segments whose hash agreed. A segment with another hash marks the blob damaged and ends the
/// stream with an [java.io.IOException].
public record RebuiltBlob(Digest digest, long size, RebuildPool rebuilds) implements Blob {
    @Override
    public InputStream open(long offset) {
        if (offset < 0 || offset > size) {
            throw new IllegalArgumentException("byte %d of %d".formatted(offset, size));
        }
        return offset == size ? InputStream.nullInputStream() : rebuilds.open(digest, size, offset);
    }
}
