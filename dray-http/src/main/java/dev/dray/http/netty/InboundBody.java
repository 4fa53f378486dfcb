package dev.dray.http.netty;

import dev.dray.http.BodyTooLarge;
import dev.dray.http.BodyTruncated;
import dev.dray.http.RequestBody;
import dev.dray.http.SlabSink;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The body of one request, between the event loop that receives it and the virtual thread that reads it.
///
/// Until the handler reads, it buffers [#SMALL] bytes and then stops reading from the client. Small bodies go straight
/// to the reader; larger ones go through a [SlabDrain].
final class InboundBody implements RequestBody {
    /// Bodies up to this size are not worth a slab and a second thread.
    static final int SMALL = 64 << 10;

    private final OptionalLong length;
    private final EventExecutor loop;
    private final BodyControl control;
    private final Function<SlabSink, SlabDrain> drains;
    private final HeldBytes held;

    // Of the event loop alone.
    private @Nullable SlabDrain drain;

    // Guarded by this.
    private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>();
    private long queued;
    private long received;
    private boolean begun;
    private boolean paused;
    private boolean ended;
    private boolean abandoned;
    private @Nullable BodyTruncated truncation;
    private int faultStatus;

    InboundBody(
            OptionalLong length,
            EventExecutor loop,
            BodyControl control,
            HeldBytes held,
            SlabPool slabs,
            Executor workers) {
        this.length = length;
        this.loop = loop;
        this.control = control;
        this.held = held;
        this.drains = sink -> new SlabDrain(sink, slabs, workers, loop, control);
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public byte[] readAll(int limit) throws IOException {
        if (length.orElse(0) > limit) {
            throw new BodyTooLarge(limit);
        }
        begin();
        return collect(limit, Long.MAX_VALUE);
    }

    @Override
    public byte[] readAll(int limit, Duration patience) throws IOException {
        if (length.orElse(0) > limit) {
            throw new BodyTooLarge(limit);
        }
        begin();
        return collect(limit, System.nanoTime() + patience.toNanos());
    }

    @Override
    public long drainTo(SlabSink sink) throws IOException {
        begin();
        if (isSmall()) {
            byte[] bytes = collect(SMALL, Long.MAX_VALUE);
            if (bytes.length > 0) {
                sink.write(ByteBuffer.wrap(bytes));
            }
            return bytes.length;
        }
        SlabDrain pump = drains.apply(sink);
        loop.execute(() -> attach(pump));
        await(pump);
        return received();
    }

    /// Bytes of the body that have arrived.
    synchronized long received() {
        return received;
    }

    /// Whether all of it has arrived.
    synchronized boolean isComplete() {
        return ended;
    }

    /// How the body was truncated, if it was.
    synchronized @Nullable BodyTruncated truncation() {
        return truncation;
    }

    /// The status that tells the client why its body was rejected; absent when the client is gone.
    synchronized OptionalInt faultStatus() {
        return faultStatus == 0 ? OptionalInt.empty() : OptionalInt.of(faultStatus);
    }

    /// Whether the handler has begun to read.
    synchronized boolean hasBegun() {
        return begun;
    }

    /// Takes ownership of `content`. On the event loop.
    void arrive(ByteBuf content) {
        if (!content.isReadable()) {
            content.release();
            return;
        }
        synchronized (this) {
            received += content.readableBytes();
            if (drain == null) {
                keepOrDrop(content);
                return;
            }
        }
        drain.take(content);
    }

    private void keepOrDrop(ByteBuf content) {
        if (abandoned) {
            content.release();
            return;
        }
        arrived.add(content);
        queue(content.readableBytes());
        if ((queued >= SMALL || held.isTight()) && !paused) {
            paused = true;
            control.pause();
        }
        notifyAll();
    }

    private void queue(long bytes) {
        queued += bytes;
        held.add(bytes);
    }

    /// The body is complete. On the event loop.
    void end() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        if (drain != null) {
            drain.end(null);
        }
    }

    /// The body will never be complete. On the event loop.
    ///
    /// @param status for the reply; 0 when the client is gone
    void truncate(String reason, int status) {
        BodyTruncated cut;
        synchronized (this) {
            if (ended || truncation != null) {
                return;
            }
            cut = new BodyTruncated(reason, received, length);
            truncation = cut;
            faultStatus = status;
            notifyAll();
        }
        if (drain != null) {
            drain.end(cut);
        }
    }

    /// Drops the rest of the body, now and as it arrives.
    void abandon() {
        synchronized (this) {
            abandoned = true;
            arrived.forEach(ByteBuf::release);
            arrived.clear();
            queue(-queued);
            resumeIfPaused();
        }
    }

    private void begin() {
        synchronized (this) {
            if (begun || abandoned) {
                throw new IllegalStateException("the request body has been read already");
            }
            begun = true;
            if (ended) {
                return;
            }
        }
        control.begin();
    }

    private synchronized boolean isSmall() {
        return length.isPresent() ? length.getAsLong() <= SMALL : ended && queued <= SMALL;
    }

    /// @param end by [System#nanoTime]; `Long.MAX_VALUE` for none
    private byte[] collect(int limit, long end) throws IOException {
        byte[] bytes = new byte[(int) Math.min(length.orElse(4096), Math.min(limit, SMALL))];
        int filled = 0;
        for (ByteBuf content = next(end); content != null; content = next(end)) {
            int count = content.readableBytes();
            if (count > limit - filled) {
                content.release();
                throw new BodyTooLarge(limit);
            }
            if (filled + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, filled + count)));
            }
            content.readBytes(bytes, filled, count).release();
            filled += count;
        }
        return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
    }

    /// The next piece of the body, null at its end.
    private @Nullable ByteBuf next(long end) throws IOException {
        ByteBuf content;
        synchronized (this) {
            while (arrived.isEmpty() && !ended && truncation == null) {
                requireTime(end);
                try {
                    wait(end == Long.MAX_VALUE ? 0 : Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw interrupted(e);
                }
            }
            content = arrived.poll();
            if (content == null && truncation != null) {
                throw truncation;
            }
            if (content != null) {
                queue(-content.readableBytes());
                if (queued < SMALL && (queued == 0 || !held.isTight())) {
                    resumeIfPaused();
                }
            }
        }
        return content;
    }

    private void requireTime(long end) throws BodyTruncated {
        if (end != Long.MAX_VALUE && end - System.nanoTime() <= 0) {
            faultStatus = 408;
            throw new BodyTruncated("the body did not come in time", received, length);
        }
    }

    /// Called, as every pause is, with the lock held: control passes both on to the event loop in the order in which
    /// it is asked, and that must be the order in which `paused` changes.
    private void resumeIfPaused() {
        if (paused) {
            paused = false;
            control.resume();
        }
    }

    /// Routes received and future bytes through `pump`. On the event loop.
    private void attach(SlabDrain pump) {
        boolean over;
        BodyTruncated cut;
        ArrayDeque<ByteBuf> backlog;
        synchronized (this) {
            drain = pump;
            over = ended;
            cut = truncation;
            queue(-queued);
            backlog = new ArrayDeque<>(arrived);
            arrived.clear();
            resumeIfPaused(); // before the pump, which may pause for reasons of its own
        }
        backlog.forEach(pump::take);
        if (over || cut != null) {
            pump.end(cut);
        }
    }

    private static void await(SlabDrain pump) throws IOException {
        CompletableFuture<Void> done = pump.done();
        try {
            done.get();
        } catch (InterruptedException e) {
            pump.cancel(interrupted(e));
            Throwable thrown = done.handle((nothing, problem) -> problem).join();
            Thread.currentThread().interrupt();
            rethrow(thrown);
        } catch (ExecutionException e) {
            rethrow(e.getCause());
        }
    }

    private static void rethrow(@Nullable Throwable thrown) throws IOException {
        switch (thrown) {
            case null -> {}
            case IOException io -> throw io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IOException("the sink of a request body failed", thrown);
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading a request body");
        interrupted.initCause(cause);
        return interrupted;
    }
}
