package dev.dray.model.io;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Carries bytes from one thread to another. The writer blocks while the capacity is exhausted. Thread safe; the reader
/// may be used by one thread at a time.
///
/// Unlike [java.io.PipedInputStream] it delivers the writer's failure to the reader, after the bytes before it, and
/// does not check whether the threads are alive.
public final class BytePipe {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> slabs = new ArrayDeque<>();
    private final Reader reader = new Reader();
    private final int capacity;
    private int queued;
    private boolean ended;
    private @Nullable Throwable failure;
    private boolean closed;

    /// @param capacity most bytes in the pipe; one more write may exceed it
    public BytePipe(int capacity) {
        this.capacity = capacity;
    }

    /// Writes all bytes of a stream.
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /// The bytes that `writer` writes, on its own platform thread. Closing the stream interrupts that thread.
    ///
    /// @param capacity how many bytes the writer may be ahead
    public static InputStream from(String threadName, int capacity, Writer writer) {
        BytePipe pipe = new BytePipe(capacity);
        Thread thread = Thread.ofPlatform().daemon().name(threadName).start(() -> pipe.run(writer));
        return new BulkFilterInputStream(pipe.reader()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return in.read(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                super.close();
                thread.interrupt();
            }
        };
    }

    private void run(Writer writer) {
        try {
            writer.write(new Sink());
            end();
        } catch (IOException | RuntimeException | Error thrown) {
            fail(thrown);
        }
    }

    /// Writes bytes, which are copied.
    ///
    /// @return false when the reader was closed: the bytes were dropped
    public boolean write(byte[] bytes, int offset, int length) throws IOException {
        byte[] slab = Arrays.copyOfRange(bytes, offset, offset + length);
        lock.lock();
        try {
            awaitThat(() -> queued < capacity || closed);
            if (!closed && length > 0) {
                slabs.add(slab);
                queued += length;
                changed.signalAll();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void awaitThat(BooleanSupplier condition) throws IOException {
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while bytes were handed over");
        }
    }

    /// Marks the end of the bytes.
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the bytes early: after them the reader fails, with the cause itself when that is a [DrayException],
    /// otherwise with an [IOException] that wraps it.
    public void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The reading end.
    public InputStream reader() {
        return reader;
    }

    /// The writing end of [#from].
    private final class Sink extends BulkOutputStream {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!BytePipe.this.write(bytes, offset, length)) {
                throw new IOException("nobody reads the bytes any more");
            }
        }
    }

    private final class Reader extends BulkInputStream {
        private byte[] slab = new byte[0];
        private int at;

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (at == slab.length) {
                byte[] next = next();
                if (next == null) {
                    return -1;
                }
                slab = next;
                at = 0;
            }
            int count = Math.min(length, slab.length - at);
            System.arraycopy(slab, at, target, offset, count);
            at += count;
            return count;
        }

        private byte @Nullable [] next() throws IOException {
            lock.lock();
            try {
                awaitThat(() -> !slabs.isEmpty() || ended || failure != null || closed);
                if (closed) {
                    throw new IOException("the stream is closed");
                }
                byte[] next = slabs.poll();
                if (next == null && failure != null) {
                    throw asRead(failure);
                }
                queued -= next == null ? 0 : next.length;
                changed.signalAll();
                return next;
            } finally {
                lock.unlock();
            }
        }

        private static IOException asRead(Throwable failure) {
            if (failure instanceof DrayException known) {
                throw known;
            }
            return new IOException("the bytes broke off: " + failure.getMessage(), failure);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                slabs.clear();
                queued = 0;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
