package dev.dray.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/// A [RequestBody] in the form that the HTTP client sends: in large pieces, bypassing the client's own buffer, counted.
final class SentBody extends AbstractHttpEntity {
    private static final int PIECE = 256 << 10;

    private final RequestBody body;
    private final TrafficMeter meter;
    private final StallWatch stalls;
    private final Runnable breakOff;
    private volatile boolean stalled;

    /// @param breakOff aborts the request when the other side stops reading
    SentBody(RequestBody body, TrafficMeter meter, @Nullable ContentType type, StallWatch stalls, Runnable breakOff) {
        super(type, null);
        this.body = body;
        this.meter = meter;
        this.stalls = stalls;
        this.breakOff = breakOff;
    }

    /// True when the request was aborted because it stalled.
    boolean isStalled() {
        return stalled;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, body.length()))];
        long left = body.length();
        try (StallWatch.Sending sending = stalls.watch(this::breakOff);
                InputStream in = body.open()) {
            while (left > 0) {
                int read = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (read < 0) {
                    throw new ShortBodyException(body.length(), body.length() - left);
                }
                out.write(piece, 0, read);
                meter.body(read);
                left -= read;
                sending.moved();
            }
        }
    }

    private void breakOff() {
        stalled = true;
        breakOff.run();
    }

    @Override
    public long getContentLength() {
        return body.length();
    }

    @Override
    public InputStream getContent() throws IOException {
        return body.open();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {}
}
