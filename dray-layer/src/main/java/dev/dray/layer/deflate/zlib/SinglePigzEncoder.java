package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// `pigz -p 1`: pieces that end as those of many threads do, but one parser over all of them.
///
/// At levels 1 to 3 the parser does not remember each place it passes, as it does in a dictionary; so other matches are
/// found than by many threads. From level 4 on there is no difference. Not thread safe.
final class SinglePigzEncoder implements DeflateEncoder {
    private static final byte[] NOTHING = {};

    private final PigzEncoder encoder;
    private final RollingHash hash = new RollingHash();
    private final boolean rsyncable;
    private int length;
    private boolean cut;

    SinglePigzEncoder(PigzEncoder encoder, boolean rsyncable, OutputStream sink) {
        this.encoder = encoder;
        this.rsyncable = rsyncable;
        encoder.begin(NOTHING, 0, 0, sink);
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        int end = offset + length;
        for (int next = offset; next < end; ) {
            if (cut) {
                encoder.endPiece(false);
                this.length = 0;
            }
            int limit = Math.min(end, next + encoder.blockSize() - this.length);
            int pieceEnd = rsyncable ? hash.find(plain, next, limit) : limit;
            encoder.feed(plain, next, pieceEnd);
            this.length += pieceEnd - next;
            cut = this.length == encoder.blockSize() || (rsyncable && hash.hit());
            next = pieceEnd;
        }
    }

    @Override
    public void finish() throws IOException {
        encoder.endPiece(true);
        encoder.end();
    }
}
