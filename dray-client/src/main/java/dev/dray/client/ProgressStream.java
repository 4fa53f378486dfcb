package dev.dray.client;

import dev.dray.client.transfer.TransferListener;
import dev.dray.model.image.Descriptor;
import dev.dray.model.io.BulkFilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a blob; reports the position to a listener.
final class ProgressStream extends BulkFilterInputStream {
    private final Descriptor blob;
    private final TransferListener listener;
    private long position;

    /// @param offset position of the first byte in the blob
    ProgressStream(InputStream in, Descriptor blob, long offset, TransferListener listener) {
        super(in);
        this.blob = blob;
        this.position = offset;
        this.listener = listener;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            position += read;
            listener.advance(blob, position);
        }
        return read;
    }
}
