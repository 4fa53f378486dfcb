package dev.dray.engine.transfer;

import dev.dray.client.transfer.TransferListener;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.image.Descriptor;
import dev.dray.model.io.BulkFilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Content that reports to a listener how far it was read.
public record ReportedContent(Descriptor blob, Content content, TransferListener listener) implements Content {
    @Override
    public Digest digest() {
        return content.digest();
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return new BulkFilterInputStream(content.open(offset)) {
            private long position = offset;

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = in.read(bytes, from, length);
                if (read > 0) {
                    position += read;
                    listener.advance(blob, position);
                }
                return read;
            }
        };
    }
}
