package dev.dray.http.netty;

import dev.dray.http.SlabSink;
import dev.dray.http.netty.memory.SlabPool;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Carries one body from the event loop to a sink on platform threads.
///
/// The loop copies received bytes into a slab while they are in the processor's cache, and queues full slabs. One
/// worker at a time passes them to the sink. The server stops reading from the client while [#MOST_READY] slabs wait,
/// or while the pool is exhausted. A slab that fills too slowly is passed on partly filled, so that a stalled upload
/// holds no memory.
final class SlabDrain {
    private static final int MOST_READY = 4;
    private static final long FLUSH_MILLIS = 100;

    private final SlabSink sink;
    private final SlabPool pool;
    private final Executor workers;
    private final EventExecutor loop;
    private final BodyControl control;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    // Of the event loop alone.
    private final ArrayDeque<ByteBuf> pending = new ArrayDeque<>();
    private @Nullable ByteBuf filling;
    private boolean waiting;
    private boolean throttled;
    private boolean held;
    private boolean flushArmed;
    private boolean grown;
    private boolean inputEnded;

    // Guarded by this.
    private final ArrayDeque<ByteBuf> ready = new ArrayDeque<>();
    private boolean working;
    private boolean complete;
    private @Nullable IOException truncation;
    private @Nullable Throwable failure;

    SlabDrain(SlabSink sink, SlabPool pool, Executor workers, EventExecutor loop, BodyControl control) {
        this.sink = sink;
        this.pool = pool;
        this.workers = workers;
        this.loop = loop;
        this.control = control;
    }

    /// Completes when the sink has received everything, or exceptionally with the failure. The sink is not called
    /// afterwards.
    CompletableFuture<Void> done() {
        return done;
    }

    /// Stops feeding the sink; [#done] completes when the current call returns.
    void cancel(Throwable reason) {
        fail(reason);
    }

    /// Takes ownership of `content`. On the event loop.
    void take(ByteBuf content) {
        pending.add(content);
        grown = true;
        pump();
    }

    /// Ends the body; `truncated` says why if it ended early. On the event loop.
    void end(@Nullable IOException truncated) {
        synchronized (this) {
            truncation = truncated;
        }
        inputEnded = true;
        pump();
    }

    private void pump() {
        if (hasFailed()) {
            drop();
            return;
        }
        while (!pending.isEmpty()) {
            ByteBuf slab = slabToFill();
            if (slab == null) {
                updateFlow();
                return;
            }
            ByteBuf content = pending.element();
            slab.writeBytes(content, Math.min(content.readableBytes(), slab.writableBytes()));
            if (!content.isReadable()) {
                pending.remove().release();
            }
            if (!slab.isWritable()) {
                submit();
            }
        }
        if (filling != null && (inputEnded || pool.isStarved())) {
            submit();
        }
        if (inputEnded) {
            complete();
        } else {
            armFlush();
        }
        updateFlow();
    }

    private @Nullable ByteBuf slabToFill() {
        if (filling == null && !waiting) {
            filling = pool.takeOrWait(() -> loop.execute(this::slabFreed));
            waiting = filling == null;
        }
        return filling;
    }

    private void slabFreed() {
        waiting = false;
        pump();
        if (filling == null && !waiting) {
            pool.wakeNext();
        }
    }

    private void updateFlow() {
        boolean hold = waiting || throttled;
        if (hold != held) {
            held = hold;
            if (hold) {
                control.pause();
            } else {
                control.resume();
            }
        }
    }

    private void armFlush() {
        if (filling != null && !flushArmed) {
            flushArmed = true;
            grown = false;
            var _ = loop.schedule(this::flushStale, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void flushStale() {
        flushArmed = false;
        if (filling != null && !grown) {
            submit();
        }
        pump();
    }

    private void submit() {
        ByteBuf slab = filling;
        filling = null;
        if (slab == null) {
            return;
        }
        boolean start;
        synchronized (this) {
            ready.add(slab);
            start = !working;
            working = true;
            throttled = ready.size() >= MOST_READY;
        }
        if (start) {
            workers.execute(this::work);
        }
    }

    private void complete() {
        boolean finished;
        synchronized (this) {
            complete = true;
            finished = !working;
        }
        if (finished) {
            finish();
        }
    }

    /// Passes slabs to the sink until none is ready. On a platform thread.
    private void work() {
        for (ByteBuf slab = nextReady(); slab != null; slab = nextReady()) {
            try {
                sink.write(slab.nioBuffer());
            } catch (Throwable thrown) {
                fail(thrown);
            } finally {
                pool.give(slab);
            }
        }
    }

    private @Nullable ByteBuf nextReady() {
        boolean finished = false;
        ByteBuf slab;
        int left;
        synchronized (this) {
            slab = failure == null ? ready.poll() : null;
            left = ready.size();
            if (slab == null) {
                working = false;
                finished = complete || failure != null;
            }
        }
        if (finished) {
            finish();
        }
        if (slab != null && left == MOST_READY / 2) {
            loop.execute(this::relax);
        }
        return slab;
    }

    private void relax() {
        synchronized (this) {
            throttled = ready.size() >= MOST_READY;
        }
        updateFlow();
    }

    private void fail(Throwable thrown) {
        boolean idle;
        synchronized (this) {
            if (failure == null) {
                failure = thrown;
            }
            idle = !working;
        }
        loop.execute(this::drop);
        if (idle) {
            finish();
        }
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    /// Releases everything that the sink will not see, and lets the client continue. On the event loop.
    private void drop() {
        pending.forEach(ByteBuf::release);
        pending.clear();
        if (filling != null) {
            pool.give(filling);
            filling = null;
        }
        ByteBuf slab = pollReady();
        while (slab != null) {
            pool.give(slab);
            slab = pollReady();
        }
        throttled = false;
        updateFlow();
    }

    private synchronized @Nullable ByteBuf pollReady() {
        return ready.poll();
    }

    private void finish() {
        Throwable problem;
        synchronized (this) {
            problem = failure != null ? failure : truncation;
        }
        if (problem == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(problem);
        }
    }
}
