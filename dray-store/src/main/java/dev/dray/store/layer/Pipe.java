package dev.dray.store.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Bytes on their way from one thread to another. The writer waits when there are many; when the reader has closed
/// its end, what comes is dropped. Thread safe.
final class Pipe {
    private static final int CAPACITY = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<byte[]> slabs = new ArrayDeque<>();
    private final Reader reader = new Reader();
    private int queued;
    private boolean ended;
    private boolean aborted;
    private boolean closed;

    /// Gives bytes, which are copied, to the reader.
    void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] slab = Arrays.copyOfRange(bytes, offset, offset + length);
        lock.lock();
        try {
            awaitThat(() -> queued < CAPACITY || closed);
            if (!closed && length > 0) {
                slabs.add(slab);
                queued += length;
                changed.signalAll();
            }
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

    /// Says that nothing more will come.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Says that what has come is not the whole: the reader fails.
    void abort() {
        lock.lock();
        try {
            aborted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The other end, for one thread.
    InputStream reader() {
        return reader;
    }

    private final class Reader extends InputStream {
        private byte[] slab = new byte[0];
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

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
                awaitThat(() -> !slabs.isEmpty() || ended || aborted);
                if (aborted) {
                    throw new IOException("the bytes broke off");
                }
                byte[] next = slabs.poll();
                queued -= next == null ? 0 : next.length;
                changed.signalAll();
                return next;
            } finally {
                lock.unlock();
            }
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
