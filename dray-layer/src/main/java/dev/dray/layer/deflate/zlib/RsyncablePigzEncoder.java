package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// `pigz -R`: blocks of pieces that end where the data says. Holds a little more than two blocks of plain bytes. Not
/// thread safe.
final class RsyncablePigzEncoder implements DeflateEncoder {
    private final RsyncableSplitter splitter;
    private final PigzEncoder encoder;
    private final OutputStream sink;
    private final byte[] plain;
    private int start;
    private int end;

    RsyncablePigzEncoder(PigzEncoder encoder, OutputStream sink) {
        this.encoder = encoder;
        this.splitter = new RsyncableSplitter(encoder.blockSize());
        this.plain = new byte[SlidingWindow.SIZE + 3 * encoder.blockSize()];
        this.sink = sink;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int last = offset + length;
        for (int next = offset; next < last; ) {
            if (end - start > splitter.needed()) {
                block(false);
            }
            makeRoom();
            int taken = Math.min(last - next, splitter.needed() + 1 - (end - start));
            System.arraycopy(bytes, next, plain, end, taken);
            end += taken;
            next += taken;
        }
    }

    private void makeRoom() {
        int dropped = Math.max(start - SlidingWindow.SIZE, 0);
        if (end + splitter.needed() + 1 - (end - start) > plain.length) {
            System.arraycopy(plain, dropped, plain, 0, end - dropped);
            start -= dropped;
            end -= dropped;
        }
    }

    @Override
    public void finish() throws IOException {
        do {
            block(true);
        } while (start < end);
    }

    private void block(boolean ending) throws IOException {
        int length = splitter.next(plain, start, end);
        int blockEnd = start + length;
        boolean last = ending && blockEnd == end;
        encoder.begin(plain, Math.max(start - SlidingWindow.SIZE, 0), start, sink);
        int pieceStart = start;
        for (int i = 0; i < splitter.cuts() && start + splitter.cut(i) < blockEnd; i++) {
            encoder.piece(plain, pieceStart, start + splitter.cut(i), false);
            pieceStart = start + splitter.cut(i);
        }
        encoder.piece(plain, pieceStart, blockEnd, last);
        encoder.end();
        start = blockEnd;
    }
}
