package dev.dray.layer.tar;

import dev.dray.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// Contents in memory, by hash; checks what the splitter promises its sink.
public final class MemoryContents implements ContentSink, ContentSource {
    private final Map<Digest, byte[]> contents = new HashMap<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private boolean begun;

    public Map<Digest, byte[]> all() {
        return contents;
    }

    @Override
    public void begin() {
        if (begun) {
            throw new IllegalStateException("the content before is not ended");
        }
        begun = true;
        open.reset();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!begun) {
            throw new IllegalStateException("no content is begun");
        }
        open.write(bytes, offset, length);
    }

    @Override
    public void end(Digest digest, long size) {
        byte[] bytes = open.toByteArray();
        if (!begun || bytes.length != size || size == 0 || !Digest.sha256(bytes).equals(digest)) {
            throw new IllegalStateException("content %s of %d bytes is not what was written".formatted(digest, size));
        }
        begun = false;
        contents.put(digest, bytes);
    }

    @Override
    public InputStream open(Digest digest, long size) throws IOException {
        byte[] bytes = contents.get(digest);
        if (bytes == null) {
            throw new FileNotFoundException("no content " + digest);
        }
        return new ByteArrayInputStream(bytes);
    }
}
