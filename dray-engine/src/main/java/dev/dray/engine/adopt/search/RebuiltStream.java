package dev.dray.engine.adopt.search;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// What a writer writes, as a stream: the writer runs on a platform thread of its own and is at most a few
/// pieces ahead. Closing ends it. Not thread safe.
public final class RebuiltStream extends InputStream {
    private static final int AHEAD = 2;
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private volatile @Nullable Throwable failure;
    private byte[] piece = new byte[0];
    private int at;
    private boolean done;
    private boolean ended;

    /// Writes all bytes.
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    public RebuiltStream(Writer writer) {
        this.thread = Thread.ofPlatform().daemon().name("rebuild").start(() -> run(writer));
    }

    private void run(Writer writer) {
        try {
            writer.write(new Pieces());
        } catch (IOException | RuntimeException | Error thrown) {
            failure = thrown;
        }
        try {
            pieces.put(END);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Pieces extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            try {
                pieces.put(Arrays.copyOfRange(bytes, offset, offset + length));
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("nobody reads the rebuilt layer any more");
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == piece.length && !ended) {
            next();
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, offset, count);
        at += count;
        return count;
    }

    private void next() throws IOException {
        if (!done) {
            try {
                piece = pieces.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while a layer was rebuilt");
            }
            at = 0;
            done = piece.length == 0;
        }
        if (done) {
            end();
        }
    }

    /// The writer has ended, well or not; asked again it says the same.
    private void end() throws IOException {
        Throwable thrown = failure;
        if (thrown instanceof DrayException known) {
            throw known;
        }
        if (thrown != null) {
            throw new IOException("a layer could not be rebuilt: " + thrown.getMessage(), thrown);
        }
        ended = true;
    }

    @Override
    public void close() {
        thread.interrupt();
        pieces.clear();
        ended = true;
    }
}
