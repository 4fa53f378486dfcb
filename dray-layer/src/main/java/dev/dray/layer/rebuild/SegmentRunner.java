package dev.dray.layer.rebuild;

import dev.dray.layer.recipe.Segment;
import dev.dray.model.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Encodes the runs of a blob, several at once, and delivers them in order.
///
/// # Idea
///
/// A [SegmentRun] begins where its encoder can resume from a checkpoint, so runs do not depend on each other: the
/// workers of an [EncoderPool] encode them side by side. The caller's thread reads the plain bytes, once and from front
/// to back, and hands each run its own slice; it also writes the finished runs to the target, in the order of the blob.
///
/// # Invariants
///
/// * The target gets the runs in order, and of each only bytes that its [SegmentSink] has compared.
/// * Memory is bounded by the pool: a run is started only when its plain and compressed bytes together could be
///   reserved, and gives them back when it is delivered, or when the work breaks off.
/// * The first run that waits is always delivered or encoded by the caller's thread, so there is progress even when
///   other rebuilds hold all of the memory.
/// * At most twice as many runs wait as there are workers: enough that no worker idles behind a slow run.
///
/// A run for which there is no memory when its turn comes is encoded by the caller's thread; so is one that takes more
/// than 16 MiB of plain or compressed bytes, which is one without checkpoints or very well compressed. The first run of
/// a rebuild is short and encoded by the caller's thread alone, because a reader waits for it.
///
/// # Locks
///
/// None here; the pool's queue and semaphore do it all. The caller never waits for memory, only for the run at the
/// head.
///
/// # Why not otherwise
///
/// A thread for each run that reads its own plain bytes is simpler, but going to a place in the plain bytes is dear:
/// they come out of packs through a tar recipe. Parallel streams or a fork-join pool give no order of delivery without
/// holding all results. Waiting for memory in the pool deadlocks when two rebuilds each hold what the other one needs.
public final class SegmentRunner {
    private final SegmentEncoder encoder;
    private final ByteSource plain;
    private final EncoderPool pool;
    private final Delivery delivery;
    private final Sinks sinks;

    /// The unit in which the caller's thread delivers a run that it encodes itself.
    public enum Delivery {
        /// Each segment at once.
        SEGMENTS,
        /// The whole run when all of it was right, and nothing otherwise; segments when the run is too large
        /// to wait for.
        RUNS
    }

    /// Opens a sink that takes the bytes of a run and passes the right ones on to the target.
    @FunctionalInterface
    public interface Sinks {
        SegmentSink open(SegmentRun run, OutputStream target) throws IOException;
    }

    public SegmentRunner(SegmentEncoder encoder, ByteSource plain, EncoderPool pool, Delivery delivery, Sinks sinks) {
        this.encoder = encoder;
        this.plain = plain;
        this.pool = pool;
        this.delivery = delivery;
        this.sinks = sinks;
    }

    /// Thrown when a run has wrong bytes; all runs before it were delivered.
    public static final class RunException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient SegmentRun run;
        private final long offset;

        RunException(SegmentRun run, MismatchException cause) {
            super(cause.getMessage(), cause);
            this.run = run;
            this.offset = cause.offset();
        }

        public SegmentRun run() {
            return run;
        }

        /// The first wrong byte of the blob, or the beginning of the wrong segment.
        public long offset() {
            return offset;
        }
    }

    public void run(List<SegmentRun> runs, OutputStream target) throws IOException {
        try (PlainBytes in = new PlainBytes(plain)) {
            if (pool.workers() == 1 || runs.size() == 1) {
                for (SegmentRun run : runs) {
                    encodeHere(run, in, target);
                }
            } else {
                encodeInPool(runs, in, target);
            }
        }
    }

    /// A run that is being encoded.
    ///
    /// @param weight bytes that it holds in memory
    private record Work(FutureTask<EncodedRun> task, long weight) {}

    /// A run whose bytes are all right.
    private static final class EncodedRun extends ByteArrayOutputStream {
        private final SegmentRun run;

        EncodedRun(SegmentRun run) {
            super(Math.toIntExact(run.length()));
            this.run = run;
        }

        /// Delivers the run, each segment in one write.
        void deliver(OutputStream target) throws IOException {
            for (Segment segment : run.segments()) {
                target.write(buf, (int) (segment.offset() - run.offset()), (int) segment.length());
            }
        }
    }

    private void encodeInPool(List<SegmentRun> runs, PlainBytes in, OutputStream target) throws IOException {
        Deque<Work> waiting = new ArrayDeque<>();
        int next = 0;
        if (delivery == Delivery.SEGMENTS) {
            encodeHere(runs.get(next++), in, target); // alone: a reader waits for it
        }
        try {
            while (next < runs.size() || !waiting.isEmpty()) {
                boolean first = waiting.isEmpty();
                if (next < runs.size()
                        && (first || !waiting.getFirst().task().isDone())
                        && fits(runs.get(next), waiting.size())) {
                    waiting.add(start(runs.get(next++), in));
                } else if (first) {
                    encodeHere(runs.get(next++), in, target);
                } else {
                    take(waiting.getFirst().task()).deliver(target);
                    pool.release(waiting.remove().weight());
                }
            }
        } finally {
            waiting.forEach(work -> pool.withdraw(work.task()));
            waiting.forEach(work -> pool.release(work.weight()));
        }
    }

    /// Whether the run can be encoded beside those that wait; reserves its memory.
    private boolean fits(SegmentRun run, int waiting) {
        return waiting < 2 * pool.workers()
                && small(run)
                && plainLength(run) <= EncoderPool.BUFFERED
                && pool.reserve(weight(run));
    }

    private long weight(SegmentRun run) {
        return run.length() + plainLength(run);
    }

    /// The length of the plain bytes, approximately.
    private long plainLength(SegmentRun run) {
        long end = run.next().map(encoder::plainEnd).orElseGet(encoder::plainEnd);
        return Math.max(0, end - encoder.plainStart(run.restart()));
    }

    private Work start(SegmentRun run, PlainBytes in) throws IOException {
        long weight = weight(run);
        boolean started = false;
        try {
            long start = encoder.plainStart(run.restart());
            in.moveTo(start);
            byte[] slice = new byte[(int) plainLength(run)];
            int length = in.readNBytes(slice, 0, slice.length);
            FutureTask<EncodedRun> task = new FutureTask<>(() -> {
                try (InputStream bytes = new ReadAhead(slice, length, plain, start)) {
                    return encode(run, bytes);
                }
            });
            pool.start(task);
            started = true;
            return new Work(task, weight);
        } finally {
            if (!started) {
                pool.release(weight);
            }
        }
    }

    /// Whether the run is small enough to be delivered as a whole.
    public static boolean small(SegmentRun run) {
        return run.length() <= EncoderPool.BUFFERED;
    }

    private void encodeHere(SegmentRun run, PlainBytes in, OutputStream target) throws IOException {
        in.moveTo(encoder.plainStart(run.restart()));
        if (delivery == Delivery.RUNS && small(run)) {
            encode(run, in).deliver(target);
        } else {
            encode(run, in, target);
        }
    }

    private EncodedRun encode(SegmentRun run, InputStream in) throws IOException {
        EncodedRun bytes = new EncodedRun(run);
        encode(run, in, bytes);
        return bytes;
    }

    private void encode(SegmentRun run, InputStream in, OutputStream target) throws IOException {
        try (SegmentSink sink = sinks.open(run, target)) {
            encoder.encode(run.restart(), in, sink);
        } catch (MismatchException e) {
            throw new RunException(run, e);
        }
    }

    private static EncodedRun take(Future<EncodedRun> future) throws IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a layer was compressed");
        }
    }
}
