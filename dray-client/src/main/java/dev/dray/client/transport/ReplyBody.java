package dev.dray.client.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// The body of a reply, of which a short rest is read when nobody wants it: a connection is reused only from the end of
/// a body on, and a new one costs more than a few kilobytes.
final class ReplyBody extends FilterInputStream {
    private static final int LONGEST_REST = 64 << 10;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private boolean ended;

    ReplyBody(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        ended |= read < 0;
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        ended |= read < 0;
        return read;
    }

    /// Reads what is left, when it is short and comes soon.
    ///
    /// @return false when the end was not reached, so that the connection is of no more use
    boolean reachEnd() {
        byte[] rest = new byte[8 << 10];
        long start = System.nanoTime();
        int left = LONGEST_REST;
        try {
            while (!ended && left > 0 && System.nanoTime() - start < LONGEST_WAIT.toNanos()) {
                left -= Math.max(0, read(rest, 0, Math.min(rest.length, left)));
            }
        } catch (IOException e) {
            return false; // it broke, which who closes a reply need not know
        }
        return ended;
    }
}
