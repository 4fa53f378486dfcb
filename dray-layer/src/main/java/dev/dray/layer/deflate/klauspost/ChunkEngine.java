package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.klauspost.ChunkCoder.Ending;
import java.io.IOException;

/// Cuts its input into chunks of a fixed size. A full chunk waits for one more byte: only then it is known that no
/// flush follows it.
final class ChunkEngine implements Engine {
    private final ChunkCoder coder;
    private final byte[] pending;
    private int length;

    ChunkEngine(ChunkCoder coder) {
        this.coder = coder;
        this.pending = new byte[coder.chunkSize()];
    }

    @Override
    public void restart(byte[] plain, int from, int to) {
        length = 0;
        coder.restart(plain, from, to);
    }

    @Override
    public void write(byte[] plain, int offset, int size) throws IOException {
        int position = offset;
        int end = offset + size;
        while (position < end) {
            if (length == pending.length) {
                coder.code(pending, length, Ending.NONE);
                length = 0;
            }
            int piece = Math.min(end - position, pending.length - length);
            System.arraycopy(plain, position, pending, length, piece);
            length += piece;
            position += piece;
        }
    }

    @Override
    public void flush() throws IOException {
        end(Ending.FLUSH);
    }

    @Override
    public void close() throws IOException {
        end(Ending.CLOSE);
    }

    private void end(Ending ending) throws IOException {
        if (length > 0) {
            coder.code(pending, length, ending);
            length = 0;
        }
    }
}
