package dev.dray.store.rebuild;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/// Rebuilds blobs for concurrent readers, each rebuild on a platform thread of its own. Thread safe.
///
/// # Idea
///
/// A hundred hosts that pull one image read the same few blobs at about the same time, so readers share rebuilds. Each
/// rebuild writes into a [RebuildWindow], the last few MiB of the blob; a new reader joins the rebuild whose window
/// holds its position, and starts another one when there is none. A reader that its window has overtaken does the same
/// at the position where it stands.
///
/// At most [RebuildLimits#concurrent] rebuilds run at once, to bound memory. Further readers queue in FIFO order and
/// fail with UNAVAILABLE after their patience. A rebuild whose readers stall is evicted, sooner when others are queued;
/// its readers then reopen at their position.
///
/// # Invariants
///
/// * A rebuild is in `running` from before its thread starts until the thread has nothing left to give: the list bounds
///   the memory of windows, not only the CPU.
/// * Only the head of the queue may start a rebuild; any queued reader may join one, which costs nothing.
/// * A blob that turns out damaged is marked before any of its readers sees the failure, so whoever asks again after
///   the failure finds the mark.
/// * A rebuild ends with its last reader: [RebuildWindow#write] fails then, which unwinds the encoder.
///
/// # Locks
///
/// The lock of the pool comes before that of a window. Windows never call back: they learn of queued readers from a
/// counter. No rebuild does work under either lock.
///
/// # Why not otherwise
///
/// A rebuild for each reader is simpler, and takes a processor for each client and 24 MiB with it. Rebuilt blobs in a
/// cache on the disk would take the space back that the recipe saved, and need an eviction of their own; reading from
/// the window costs one copy. A fixed thread for each reader's position (virtual or not) does not bound memory either,
/// which is what runs out first in a container of 256 MiB.
public final class RebuildPool implements AutoCloseable {
    /// How often a queued reader looks whether a window has come to its position.
    private static final long LOOK_NANOS = 200_000_000;

    private final Rebuilder rebuilder;
    private final BiConsumer<Digest, DrayException> onFailure;
    private final RebuildLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Running> running = new ArrayList<>();
    private final Deque<Long> queue = new ArrayDeque<>();
    /// The length of the queue, for windows, which read it without the lock.
    private final AtomicInteger queued = new AtomicInteger();

    private long tickets;
    private int started;
    private boolean closed;

    /// @param onFailure hears of each blob that cannot be rebuilt
    public RebuildPool(Rebuilder rebuilder, BiConsumer<Digest, DrayException> onFailure, RebuildLimits limits) {
        this.rebuilder = rebuilder;
        this.onFailure = onFailure;
        this.limits = limits;
    }

    private record Running(Digest blob, RebuildWindow window, Thread thread) {}

    /// Opens a blob at an offset; the caller closes.
    ///
    /// @throws DrayException of kind UNAVAILABLE when too many others are being rebuilt
    public InputStream open(Digest blob, long size, long offset) {
        return new RebuildReader(this, blob, size, offset);
    }

    /// How many rebuilds were started so far.
    public int started() {
        lock.lock();
        try {
            return started;
        } finally {
            lock.unlock();
        }
    }

    /// Lets a reader join a rebuild of the blob at its position, or starts one.
    ///
    /// @throws DrayException of kind UNAVAILABLE when the limits' patience ends, CANCELLED when interrupted
    RebuildWindow join(Digest blob, RebuildReader reader) {
        lock.lock();
        try {
            if (queue.isEmpty()) {
                Optional<RebuildWindow> window = joinOrStart(blob, reader);
                if (window.isPresent()) {
                    return window.get();
                }
            }
            return joinQueued(blob, reader);
        } finally {
            lock.unlock();
        }
    }

    private RebuildWindow joinQueued(Digest blob, RebuildReader reader) {
        long ticket = tickets++;
        queue.add(ticket);
        queued.incrementAndGet();
        try {
            long left = limits.patience().toNanos();
            while (true) {
                Optional<RebuildWindow> window =
                        queue.getFirst() == ticket ? joinOrStart(blob, reader) : joinRunning(blob, reader);
                if (window.isPresent()) {
                    return window.get();
                }
                if (left <= 0) {
                    throw new DrayException(
                                    Kind.UNAVAILABLE,
                                    "cannot rebuild blob %s now: %d others are being rebuilt"
                                            .formatted(blob, limits.concurrent()))
                            .about(blob)
                            .advising("try again in a few seconds");
                }
                long look = Math.min(left, LOOK_NANOS);
                left -= look - changed.awaitNanos(look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(Kind.CANCELLED, "interrupted while blob " + blob + " waited to be rebuilt", e);
        } finally {
            queue.remove(ticket);
            queued.decrementAndGet();
            changed.signalAll();
        }
    }

    private Optional<RebuildWindow> joinOrStart(Digest blob, RebuildReader reader) {
        Optional<RebuildWindow> window = joinRunning(blob, reader);
        return window.isPresent() || running.size() >= limits.concurrent() ? window : Optional.of(start(blob, reader));
    }

    private Optional<RebuildWindow> joinRunning(Digest blob, RebuildReader reader) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        return running.stream()
                .filter(candidate -> candidate.blob().equals(blob))
                .map(Running::window)
                .filter(window -> window.join(reader))
                .findFirst();
    }

    private RebuildWindow start(Digest blob, RebuildReader reader) {
        long offset = reader.position();
        RebuildWindow window = new RebuildWindow(offset, limits, () -> queued.get() > 0);
        if (!window.join(reader)) {
            throw new IllegalStateException("a new window does not begin at byte " + offset);
        }
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("store-rebuild " + blob.shortHex())
                .unstarted(() -> run(blob, offset, window));
        running.add(new Running(blob, window, thread));
        thread.start();
        started++;
        return window;
    }

    private void run(Digest blob, long offset, RebuildWindow window) {
        try {
            rebuilder.rebuild(blob, offset, window);
            window.end();
        } catch (IOException | RuntimeException | Error e) {
            fail(blob, window, e);
        }
        try {
            window.awaitReaders();
        } finally {
            lock.lock();
            try {
                running.removeIf(ended -> ended.window() == window);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void fail(Digest blob, RebuildWindow window, Throwable cause) {
        try {
            if (cause instanceof DrayException failure && failure.kind() == Kind.CORRUPT) {
                onFailure.accept(blob, failure);
            }
        } finally {
            window.fail(cause);
        }
    }

    /// Stops all rebuilds; their readers fail.
    @Override
    public void close() {
        List<Running> rest;
        lock.lock();
        try {
            closed = true;
            rest = List.copyOf(running);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        rest.forEach(each -> each.window().abandon());
        for (Running each : rest) {
            try {
                each.thread().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
