package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// Level 0 of zlib since 1.2.11: stored blocks as long as they may be, as when the input is given at once and ends with
/// the same call, and room for all of the output is there. Other ways to feed zlib cut other blocks. Not thread safe.
final class StoredEncoder implements DeflateEncoder {
    private static final int LONGEST = 65_535;

    private final BlockWriter writer;
    private final byte[] block = new byte[LONGEST];
    private int length;

    StoredEncoder(OutputStream sink) {
        this.writer = new BlockWriter(sink);
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        int end = offset + length;
        for (int next = offset; next < end; ) {
            if (this.length == LONGEST) {
                flush(false);
            }
            int taken = Math.min(end - next, LONGEST - this.length);
            System.arraycopy(plain, next, block, this.length, taken);
            this.length += taken;
            next += taken;
        }
    }

    private void flush(boolean last) throws IOException {
        writer.stored(block, 0, length, last);
        length = 0;
    }

    @Override
    public void finish() throws IOException {
        flush(true);
        writer.finish();
    }
}
