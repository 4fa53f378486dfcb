package dev.dray.store.rebuild;

import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Passes a blob from the thread that rebuilds it to any number of readers, each at its own position. Thread safe.
///
/// # Idea
///
/// The window keeps the last 8 MiB that were written, as a deque of slabs. The fastest reader paces the writer, who
/// may be at most 4 MiB ahead of it; the other half is for readers that come a little later. A reader that lags by
/// more than the window gets [#OVERTAKEN] and goes elsewhere. With no readers left, or when all of them stall past
/// the limits, [#write] throws, which stops the rebuild.
///
/// # Invariants
///
/// * The slabs are the bytes `[start, end)` of the blob, without gaps; slabs never change.
/// * `end - fastest <= AHEAD + SLAB` while the writer waits, so memory is bounded whatever readers do.
/// * `fastest` is the position of the foremost reader. It may fall when that reader leaves: the writer waits then until
///   the next one has caught up.
/// * Of `ended`, `failure`, `abandoned` and `evicted`, each is set once and never taken back. A reader takes the bytes
///   that are there before it sees a failure; after an eviction there are none.
///
/// # Locks
///
/// One lock and one condition for both sides. It comes behind the lock of the [RebuildPool], which is never taken from
/// here.
///
/// # Why not otherwise
///
/// A pipe for each reader blocks all of them behind the slowest one, or buffers without bound. A ring of 8 MiB in one
/// array is a humongous object of the collector, and small heaps have no room for many of them in one piece; slabs of
/// 128 KiB fit anywhere and are given back as the window moves. The wait looks at the clock a few times a second,
/// since an eviction depends on time and on the queue of the pool, for neither of which there is a signal.
final class RebuildWindow extends BulkOutputStream {
    /// Read by a reader whose position is not in the window any more.
    static final int OVERTAKEN = -2;

    /// Bytes that are kept for readers.
    private static final int KEPT = 8 << 20;

    /// How far the writer may be ahead of the fastest reader.
    private static final int AHEAD = 4 << 20;

    private static final int SLAB = 128 << 10;

    /// How often a waiting writer asks whether it is evicted.
    private static final long LOOK_MILLIS = 200;

    private final RebuildLimits limits;
    private final BooleanSupplier othersQueued;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> slabs = new ArrayDeque<>();
    private final Set<RebuildReader> readers = new HashSet<>();
    /// The offset in the blob of the first slab.
    private long start;
    /// The offset in the blob behind the last slab.
    private long end;

    private long fastest;
    private boolean ended;
    private boolean abandoned;
    private boolean evicted;
    /// When the rebuild began, or the wait for the rest to be read.
    private long begun = System.nanoTime();

    private long lastRead = begun;
    private @Nullable Throwable failure;

    /// @param offset in the blob of the first byte that is written
    /// @param othersQueued whether another reader is queued for the memory
    RebuildWindow(long offset, RebuildLimits limits, BooleanSupplier othersQueued) {
        this.limits = limits;
        this.othersQueued = othersQueued;
        start = offset;
        end = offset;
        fastest = offset;
    }

    /// Adds a reader.
    ///
    /// @return false when its position is not in the window
    boolean join(RebuildReader reader) {
        lock.lock();
        try {
            long position = reader.position();
            boolean over = abandoned || evicted || failure != null || (ended && position == end);
            return !over && position >= start && position <= end && readers.add(reader);
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
            if (abandoned || evicted) {
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

    /// Waits until all readers have taken the rest, or never will. The window is empty then.
    void awaitReaders() {
        lock.lock();
        try {
            awaitReading(() -> readers.stream().allMatch(reader -> reader.position() == end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clear();
            lock.unlock();
        }
    }

    /// Waits for readers, and evicts the rebuild when they stall.
    private void awaitReading(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean() && !abandoned && !evicted) {
            if (overdue()) {
                evicted = true;
                clear();
            } else {
                changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private boolean overdue() {
        long now = System.nanoTime();
        return now - lastRead > limits.idle().toNanos()
                || (othersQueued.getAsBoolean() && now - begun > limits.turn().toNanos());
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
        return new InterruptedIOException("interrupted while a blob was rebuilt");
    }

    /// Ends the blob: it is whole.
    void end() {
        change(() -> {
            ended = true;
            begun = System.nanoTime();
        });
    }

    /// Ends the blob early, with the failure of the rebuild.
    void fail(Throwable cause) {
        change(() -> failure = cause);
    }

    /// Ends the blob for everybody: the store closes.
    void abandon() {
        change(() -> abandoned = true);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Reads at the reader's position: waits for one byte, takes what is there, and moves the reader on.
    ///
    /// @return how many bytes, -1 at the end of the blob, or [#OVERTAKEN]
    int read(RebuildReader reader, byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            awaitThat(() -> reader.position() < end || ended || abandoned || evicted || failure != null);
            if (reader.position() < start || (evicted && !abandoned)) {
                return OVERTAKEN;
            }
            if (reader.position() < end) {
                return take(reader, target, offset, length);
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

    private int take(RebuildReader reader, byte[] target, int offset, int length) {
        long position = reader.position();
        long at = start;
        for (byte[] slab : slabs) {
            if (position < at + slab.length) {
                int from = (int) (position - at);
                int count = Math.min(length, slab.length - from);
                System.arraycopy(slab, from, target, offset, count);
                reader.advance(count);
                fastest = Math.max(fastest, reader.position());
                lastRead = System.nanoTime();
                changed.signalAll();
                return count;
            }
            at += slab.length;
        }
        throw new IllegalStateException("byte %d of a window to %d".formatted(position, end));
    }

    /// Removes a reader; the last one abandons the rebuild.
    void leave(RebuildReader reader) {
        lock.lock();
        try {
            readers.remove(reader);
            abandoned |= readers.isEmpty();
            fastest = readers.stream().mapToLong(RebuildReader::position).max().orElse(fastest);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
