package dev.dray.store.rebuild;

import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The last few MiB of a blob that is being made: one thread writes, any number read, each at its own place.
///
/// The fastest reader sets the pace; one that falls back farther than the window is long is told so. Without a
/// reader writing fails, which ends the work. So it does when the window is given up, because its readers take too
/// long: they then find that they fell back. Thread safe.
final class RebuildWindow extends BulkOutputStream {
    /// What a read gives to a reader whose place is not in the window any more.
    static final int OVERTAKEN = -2;

    /// Bytes that are kept for readers.
    private static final int KEPT = 8 << 20;

    /// How far the work may be ahead of the fastest reader.
    private static final int AHEAD = 4 << 20;

    /// What is kept in one piece; small enough to be no burden in a small heap.
    private static final int SLAB = 128 << 10;

    /// How often it is looked at whether the window is to be given up.
    private static final long LOOK_MILLIS = 200;

    private final RebuildLimits terms;
    private final BooleanSupplier othersWait;
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
    private boolean givenUp;
    /// When the work began, or the wait for the rest to be read.
    private long begun = System.nanoTime();

    private long lastRead = begun;
    private @Nullable Throwable failure;

    /// @param offset where in the blob the first byte stands that is written
    /// @param othersWait whether there is someone who wants the memory
    RebuildWindow(long offset, RebuildLimits terms, BooleanSupplier othersWait) {
        this.terms = terms;
        this.othersWait = othersWait;
        start = offset;
        end = offset;
        fastest = offset;
    }

    /// A place for a reader that begins at `offset`; empty when it is not in the window.
    Optional<Seat> join(long offset) {
        lock.lock();
        try {
            if (abandoned || givenUp || failure != null || offset < start || offset > end || (ended && offset == end)) {
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
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += SLAB) {
            add(Arrays.copyOfRange(bytes, offset + done, offset + Math.min(length, done + SLAB)));
        }
    }

    private void add(byte[] slab) throws IOException {
        lock.lock();
        try {
            awaitReading(() -> end - fastest < AHEAD);
            if (abandoned || givenUp) {
                throw new IOException("nobody reads the blob any more");
            }
            slabs.add(slab);
            end += slab.length;
            while (end - start - slabs.getFirst().length >= KEPT) {
                start += slabs.remove().length;
            }
            changed.signalAll();
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until all readers have taken what there is, or will not; nothing is kept then.
    void awaitReaders() {
        lock.lock();
        try {
            awaitReading(() -> seats.stream().allMatch(seat -> seat.position == end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clear();
            lock.unlock();
        }
    }

    /// Waits for readers, and gives the window up when they take too long.
    private void awaitReading(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean() && !abandoned && !givenUp) {
            if (overdue()) {
                givenUp = true;
                clear();
            } else {
                changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private boolean overdue() {
        long now = System.nanoTime();
        return now - lastRead > terms.idle().toNanos()
                || (othersWait.getAsBoolean() && now - begun > terms.turn().toNanos());
    }

    private void clear() {
        slabs.clear();
        start = end;
        changed.signalAll();
    }

    private void awaitThat(BooleanSupplier condition) throws IOException {
        try {
            while (!condition.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while a blob was made");
    }

    /// The blob is whole.
    void end() {
        settle(() -> {
            ended = true;
            begun = System.nanoTime();
        });
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
                awaitThat(() -> position < end || ended || abandoned || givenUp || failure != null);
                if (position < start || (givenUp && !abandoned)) {
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
                    fastest = Math.max(fastest, position);
                    lastRead = System.nanoTime();
                    changed.signalAll();
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
