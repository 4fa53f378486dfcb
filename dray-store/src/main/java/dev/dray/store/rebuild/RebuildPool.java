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

/// The blobs that are being made for readers at the moment, each on a platform thread. Thread safe.
///
/// A reader joins the making of the blob whose window holds the place where it begins; one that is overtaken by the
/// window goes on with a making of its own, which may be shared again. A making ends with its last reader.
///
/// Memory allows so many makings and no more: further readers wait in line, first come, first served, and are told
/// that it is UNAVAILABLE when it takes too long. A making that waits for its readers gives its place up after a
/// while: to those in line sooner, else later. Its readers go on, when they do, as if they had been overtaken.
public final class RebuildPool implements AutoCloseable {
    /// How often one in line looks whether a window has come to where it begins.
    private static final long LOOK_NANOS = 200_000_000;

    private final Rebuilder making;
    private final BiConsumer<Digest, DrayException> onFailure;
    private final RebuildLimits terms;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Running> running = new ArrayList<>();
    private final Deque<Long> line = new ArrayDeque<>();
    /// The length of the line, for windows, which look at it without the lock.
    private final AtomicInteger waiting = new AtomicInteger();

    private long tickets;
    private int started;
    private boolean closed;

    /// @param onFailure hears of each blob that cannot be rebuilt
    public RebuildPool(Rebuilder making, BiConsumer<Digest, DrayException> onFailure, RebuildLimits terms) {
        this.making = making;
        this.onFailure = onFailure;
        this.terms = terms;
    }

    private record Running(Digest blob, RebuildWindow window, Thread thread) {}

    /// Opens a blob from a byte on; the caller closes.
    ///
    /// @throws DrayException of kind UNAVAILABLE when too many others are being made
    public InputStream open(Digest blob, long size, long offset) {
        return new RebuiltStream(this, blob, size, offset);
    }

    /// How many makings were begun so far.
    public int started() {
        lock.lock();
        try {
            return started;
        } finally {
            lock.unlock();
        }
    }

    /// A place where the blob is being made, or begins to be.
    ///
    /// @throws DrayException of kind UNAVAILABLE after the patience that the terms have, CANCELLED when interrupted
    RebuildWindow.Seat seat(Digest blob, long offset) {
        lock.lock();
        try {
            if (line.isEmpty()) {
                Optional<RebuildWindow.Seat> seat = seatNow(blob, offset);
                if (seat.isPresent()) {
                    return seat.get();
                }
            }
            return seatInLine(blob, offset);
        } finally {
            lock.unlock();
        }
    }

    private RebuildWindow.Seat seatInLine(Digest blob, long offset) {
        long ticket = tickets++;
        line.add(ticket);
        waiting.incrementAndGet();
        try {
            long left = terms.patience().toNanos();
            while (true) {
                Optional<RebuildWindow.Seat> seat =
                        line.getFirst() == ticket ? seatNow(blob, offset) : joined(blob, offset);
                if (seat.isPresent()) {
                    return seat.get();
                }
                if (left <= 0) {
                    throw new DrayException(
                                    Kind.UNAVAILABLE,
                                    "cannot make blob %s now: %d others are being made".formatted(blob, terms.most()))
                            .about(blob)
                            .advising("try again in a few seconds");
                }
                long look = Math.min(left, LOOK_NANOS);
                left -= look - changed.awaitNanos(look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(Kind.CANCELLED, "interrupted while blob " + blob + " waited to be made", e);
        } finally {
            line.remove(ticket);
            waiting.decrementAndGet();
            changed.signalAll();
        }
    }

    private Optional<RebuildWindow.Seat> seatNow(Digest blob, long offset) {
        Optional<RebuildWindow.Seat> seat = joined(blob, offset);
        return seat.isPresent() || running.size() >= terms.most() ? seat : Optional.of(begun(blob, offset));
    }

    private Optional<RebuildWindow.Seat> joined(Digest blob, long offset) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        return running.stream()
                .filter(candidate -> candidate.blob().equals(blob))
                .flatMap(candidate -> candidate.window().join(offset).stream())
                .findFirst();
    }

    private RebuildWindow.Seat begun(Digest blob, long offset) {
        RebuildWindow window = new RebuildWindow(offset, terms, () -> waiting.get() > 0);
        RebuildWindow.Seat seat = window.join(offset).orElseThrow();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("store-rebuild " + blob.shortHex())
                .unstarted(() -> run(blob, offset, window));
        running.add(new Running(blob, window, thread));
        thread.start();
        started++;
        return seat;
    }

    private void run(Digest blob, long offset, RebuildWindow window) {
        try {
            making.make(blob, offset, window);
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

    /// Marks the blob before any reader hears of it.
    private void fail(Digest blob, RebuildWindow window, Throwable cause) {
        try {
            if (cause instanceof DrayException failure && failure.kind() == Kind.CORRUPT) {
                onFailure.accept(blob, failure);
            }
        } finally {
            window.fail(cause);
        }
    }

    /// Ends what is being made; readers fail.
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
