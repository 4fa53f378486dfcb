package dev.dray.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The last few MiB of a blob that is being made: one thread writes, any number read, each at its own place.
///
/// The fastest reader sets the pace; one that falls back farther than the window is long is told so. Without a
/// reader writing fails, which ends the work. Thread safe.
final class RebuildWindow extends OutputStream {
    /// What a read gives to a reader whose place is not in the window any more.
    static final int OVERTAKEN = -2;

    /// Bytes that are kept for readers.
    private static final int KEPT = 8 << 20;

    /// How far the work may be ahead of the fastest reader.
    private static final int AHEAD = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> slabs = new ArrayDeque<>();
    private final Set<Seat> seats = new HashSet<>();
    /// Where the first slab begins in the blob.
    private long start;
    /// Where the last one ends.
    private long end;

    private long fastest;
    private boolean ended;
    private boolean abandoned;
    private @Nullable Throwable failure;

    /// @param offset where in the blob the first byte stands that is written
    RebuildWindow(long offset) {
        start = offset;
        end = offset;
        fastest = offset;
    }

    /// A place for a reader that begins at `offset`; empty when it is not in the window.
    Optional<Seat> join(long offset) {
        lock.lock();
        try {
            if (abandoned || failure != null || offset < start || offset > end || (ended && offset == end)) {
                return Optional.empty();
            }
            Seat seat = new Seat(offset);
            seats.add(seat);
            return Optional.of(seat);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] slab = Arrays.copyOfRange(bytes, offset, offset + length);
        lock.lock();
        try {
            awaitThat(() -> abandoned || end - fastest < AHEAD);
            if (abandoned) {
                throw new IOException("nobody reads the blob any more");
            }
            slabs.add(slab);
            end += length;
            while (end - start - slabs.getFirst().length >= KEPT) {
                start += slabs.remove().length;
            }
            changed.signalAll();
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
            throw new InterruptedIOException("interrupted while a blob was made");
        }
    }

    /// The blob is whole.
    void end() {
        settle(() -> ended = true);
    }

    /// The blob cannot be made from here on.
    void fail(Throwable cause) {
        settle(() -> failure = cause);
    }

    /// Nobody wants it any more.
    void abandon() {
        settle(() -> abandoned = true);
    }

    private void settle(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A reader's place in the blob. Not thread safe.
    final class Seat {
        private long position;

        private Seat(long position) {
            this.position = position;
        }

        /// Reads what is there, at least a byte.
        ///
        /// @return how many, -1 at the end of the blob, or [#OVERTAKEN]
        int read(byte[] target, int offset, int length) throws IOException {
            lock.lock();
            try {
                awaitThat(() -> position < end || ended || abandoned || failure != null);
                if (position < start) {
                    return OVERTAKEN;
                }
                if (position < end) {
                    return take(target, offset, length);
                }
                if (failure != null) {
                    throw new IOException(String.valueOf(failure.getMessage()), failure);
                }
                if (abandoned) {
                    throw new IOException("the store was closed while the blob was read");
                }
                return -1;
            } finally {
                lock.unlock();
            }
        }

        private int take(byte[] target, int offset, int length) {
            long at = start;
            for (byte[] slab : slabs) {
                if (position < at + slab.length) {
                    int from = (int) (position - at);
                    int count = Math.min(length, slab.length - from);
                    System.arraycopy(slab, from, target, offset, count);
                    position += count;
                    if (position > fastest) {
                        fastest = position;
                        changed.signalAll();
                    }
                    return count;
                }
                at += slab.length;
            }
            throw new IllegalStateException("byte %d of a window to %d".formatted(position, end));
        }

        /// Gives the place up.
        void leave() {
            lock.lock();
            try {
                seats.remove(this);
                abandoned |= seats.isEmpty();
                fastest = seats.stream().mapToLong(seat -> seat.position).max().orElse(fastest);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
