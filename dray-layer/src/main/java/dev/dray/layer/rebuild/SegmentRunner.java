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

/// Makes stretches on the threads of a workshop and gives them on in order.
///
/// The plain bytes are opened once a run and read from front to back by the caller's thread, which
/// hands each stretch its own. What waits in memory is bounded by the workshop. A stretch for which
/// there is no room when its turn comes is made by the caller's thread; so is one that takes more than
/// 16 MiB of plain or compressed bytes, which is one without checkpoints or very well compressed.
public final class SegmentRunner {
    private final SegmentEncoder encoder;
    private final ByteSource plain;
    private final EncoderPool workshop;
    private final Giving giving;
    private final Sinks sinks;

    /// What is given on of a stretch that the caller's thread makes.
    public enum Giving {
        /// Each segment at once.
        SEGMENTS,
        /// The whole stretch when it came out right, and nothing else, if it is small enough to wait for it.
        STRETCHES
    }

    /// What takes the bytes of a stretch and lets those go on to the target that are right.
    @FunctionalInterface
    public interface Sinks {
        SegmentSink open(SegmentRun stretch, OutputStream target) throws IOException;
    }

    public SegmentRunner(SegmentEncoder encoder, ByteSource plain, EncoderPool workshop, Giving giving, Sinks sinks) {
        this.encoder = encoder;
        this.plain = plain;
        this.workshop = workshop;
        this.giving = giving;
        this.sinks = sinks;
    }

    /// Thrown when a stretch did not come out right; all before it have been given on.
    public static final class StretchException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient SegmentRun stretch;
        private final long offset;

        StretchException(SegmentRun stretch, MismatchException cause) {
            super(cause.getMessage(), cause);
            this.stretch = stretch;
            this.offset = cause.offset();
        }

        public SegmentRun stretch() {
            return stretch;
        }

        /// The first wrong byte of the blob, or where the wrong segment begins.
        public long offset() {
            return offset;
        }
    }

    public void run(List<SegmentRun> stretches, OutputStream target) throws IOException {
        try (PlainBytes in = new PlainBytes(plain)) {
            if (workshop.workers() == 1 || stretches.size() == 1) {
                for (SegmentRun stretch : stretches) {
                    inline(stretch, in, target);
                }
            } else {
                parallel(stretches, in, target);
            }
        }
    }

    /// A stretch that is being made.
    ///
    /// @param weight bytes that it holds in memory
    private record Work(FutureTask<Made> task, long weight) {}

    /// A stretch that came out right.
    private static final class Made extends ByteArrayOutputStream {
        private final SegmentRun stretch;

        Made(SegmentRun stretch) {
            super(Math.toIntExact(stretch.length()));
            this.stretch = stretch;
        }

        /// Gives it on, each segment in one write.
        void giveTo(OutputStream target) throws IOException {
            for (Segment segment : stretch.segments()) {
                target.write(buf, (int) (segment.offset() - stretch.offset()), (int) segment.length());
            }
        }
    }

    private void parallel(List<SegmentRun> stretches, PlainBytes in, OutputStream target) throws IOException {
        Deque<Work> waiting = new ArrayDeque<>();
        int next = 0;
        if (giving == Giving.SEGMENTS) {
            inline(stretches.get(next++), in, target); // alone: someone waits for it
        }
        try {
            while (next < stretches.size() || !waiting.isEmpty()) {
                boolean first = waiting.isEmpty();
                if (next < stretches.size()
                        && (first || !waiting.getFirst().task().isDone())
                        && fits(stretches.get(next), waiting.size())) {
                    waiting.add(start(stretches.get(next++), in));
                } else if (first) {
                    inline(stretches.get(next++), in, target);
                } else {
                    take(waiting.getFirst().task()).giveTo(target);
                    workshop.release(waiting.remove().weight());
                }
            }
        } finally {
            waiting.forEach(work -> workshop.withdraw(work.task()));
            waiting.forEach(work -> workshop.release(work.weight()));
        }
    }

    /// Whether it can be made beside those that wait; takes the memory for it.
    private boolean fits(SegmentRun stretch, int waiting) {
        return waiting < 2 * workshop.workers()
                && small(stretch)
                && plainLength(stretch) <= EncoderPool.BUFFERED
                && workshop.reserve(weight(stretch));
    }

    private long weight(SegmentRun stretch) {
        return stretch.length() + plainLength(stretch);
    }

    /// How many plain bytes it takes, about.
    private long plainLength(SegmentRun stretch) {
        long end = stretch.next().map(encoder::plainEnd).orElseGet(encoder::plainEnd);
        return Math.max(0, end - encoder.plainStart(stretch.restart()));
    }

    private Work start(SegmentRun stretch, PlainBytes in) throws IOException {
        long weight = weight(stretch);
        boolean started = false;
        try {
            long start = encoder.plainStart(stretch.restart());
            in.moveTo(start);
            byte[] handed = new byte[(int) plainLength(stretch)];
            int length = in.readNBytes(handed, 0, handed.length);
            FutureTask<Made> task = new FutureTask<>(() -> {
                try (InputStream bytes = new ReadAhead(handed, length, plain, start)) {
                    return make(stretch, bytes);
                }
            });
            workshop.start(task);
            started = true;
            return new Work(task, weight);
        } finally {
            if (!started) {
                workshop.release(weight);
            }
        }
    }

    /// Whether it is small enough to be given on when it is whole.
    public static boolean small(SegmentRun stretch) {
        return stretch.length() <= EncoderPool.BUFFERED;
    }

    private void inline(SegmentRun stretch, PlainBytes in, OutputStream target) throws IOException {
        in.moveTo(encoder.plainStart(stretch.restart()));
        if (giving == Giving.STRETCHES && small(stretch)) {
            make(stretch, in).giveTo(target);
        } else {
            make(stretch, in, target);
        }
    }

    private Made make(SegmentRun stretch, InputStream in) throws IOException {
        Made bytes = new Made(stretch);
        make(stretch, in, bytes);
        return bytes;
    }

    private void make(SegmentRun stretch, InputStream in, OutputStream target) throws IOException {
        try (SegmentSink sink = sinks.open(stretch, target)) {
            encoder.encode(stretch.restart(), in, sink);
        } catch (MismatchException e) {
            throw new StretchException(stretch, e);
        }
    }

    private static Made take(Future<Made> future) throws IOException {
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
