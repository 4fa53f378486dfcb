package dev.dray.client;

import java.io.IOException;
import java.io.InputStream;

/// A stream of which bytes are read in pieces: a single one is a piece too, and so is what is skipped, so that nothing
/// passes by the one method that reads.
abstract class PieceStream extends InputStream {
    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
