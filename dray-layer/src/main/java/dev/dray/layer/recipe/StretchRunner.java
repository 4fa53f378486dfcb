package dev.dray.layer.recipe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Makes stretches on several platform threads and gives them on in order.
///
/// The plain bytes are opened once a run and read from front to back by the caller's thread, which hands each stretch
/// its own. What waits in memory is bounded: 16 MiB for each worker, plain and compressed bytes together. A stretch
/// that
/// takes more than 16 MiB of either, which is one without checkpoints or very well compressed, is made by the caller's
/// thread when its turn comes.
final class StretchRunner {
    private static final long BUFFERED = 16L << 20;

    private final StretchEncoder encoder;
    private final ByteSource plain;
    private final int workers;
    private final Sinks sinks;

    /// What takes the bytes of a stretch and lets those go on to the target that are right.
    @FunctionalInterface
    interface Sinks {
        SegmentSink open(Stretch stretch, OutputStream target) throws IOException;
    }

    StretchRunner(StretchEncoder encoder, ByteSource plain, int workers, Sinks sinks) {
        this.encoder = encoder;
        this.plain = plain;
        this.workers = workers;
        this.sinks = sinks;
    }

    /// Thrown when a stretch did not come out right; all before it have been given on.
    static final class StretchException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Stretch stretch;
        private final long offset;

        StretchException(Stretch stretch, MismatchException cause) {
            super(cause.getMessage(), cause);
            this.stretch = stretch;
            this.offset = cause.offset();
        }

        Stretch stretch() {
            return stretch;
        }

        /// The first wrong byte of the blob, or where the wrong segment begins.
        long offset() {
            return offset;
        }
    }

    void run(List<Stretch> stretches, OutputStream target) throws IOException {
        try (PlainBytes in = new PlainBytes(plain)) {
            if (workers == 1 || stretches.size() == 1) {
                for (Stretch stretch : stretches) {
                    inline(stretch, in, target);
                }
                return;
            }
            ExecutorService executor = Executors.newFixedThreadPool(workers);
            try {
                parallel(stretches, in, target, executor);
            } finally {
                executor.shutdownNow();
                executor.close();
            }
        }
    }

    /// A stretch that is being made.
    ///
    /// @param weight bytes that it holds in memory
    private record Work(Future<ByteArrayOutputStream> result, long weight) {}

    private void parallel(List<Stretch> stretches, PlainBytes in, OutputStream target, ExecutorService executor)
            throws IOException {
        Deque<Work> waiting = new ArrayDeque<>();
        long weight = 0;
        int next = 0;
        while (next < stretches.size() || !waiting.isEmpty()) {
            while (next < stretches.size() && fits(stretches.get(next), weight, waiting.size())) {
                Work work = submit(stretches.get(next++), in, executor);
                weight += work.weight();
                waiting.add(work);
            }
            if (waiting.isEmpty()) {
                inline(stretches.get(next++), in, target);
            } else {
                Work work = waiting.remove();
                take(work.result()).writeTo(target);
                weight -= work.weight();
            }
        }
    }

    private boolean fits(Stretch stretch, long weight, int waiting) {
        boolean room = waiting == 0 || weight + weight(stretch) <= workers * BUFFERED;
        return room && waiting < 2 * workers && buffered(stretch) && plainLength(stretch) <= BUFFERED;
    }

    private long weight(Stretch stretch) {
        return stretch.length() + plainLength(stretch);
    }

    /// How many plain bytes it takes, about.
    private long plainLength(Stretch stretch) {
        long end = stretch.next().map(encoder::plainEnd).orElseGet(encoder::plainEnd);
        return Math.max(0, end - encoder.plainStart(stretch.restart()));
    }

    private Work submit(Stretch stretch, PlainBytes in, ExecutorService executor) throws IOException {
        long start = encoder.plainStart(stretch.restart());
        in.moveTo(start);
        byte[] handed = new byte[(int) plainLength(stretch)];
        int length = in.readNBytes(handed, 0, handed.length);
        return new Work(
                executor.submit(() -> {
                    try (InputStream bytes = new HandedBytes(handed, length, plain, start)) {
                        return make(stretch, bytes);
                    }
                }),
                weight(stretch));
    }

    /// Whether what comes out is given on when the stretch is whole, and nothing of it when it is wrong.
    static boolean buffered(Stretch stretch) {
        return stretch.length() <= BUFFERED;
    }

    private void inline(Stretch stretch, PlainBytes in, OutputStream target) throws IOException {
        in.moveTo(encoder.plainStart(stretch.restart()));
        if (buffered(stretch)) {
            make(stretch, in).writeTo(target);
        } else {
            make(stretch, in, target);
        }
    }

    private ByteArrayOutputStream make(Stretch stretch, InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) stretch.length());
        make(stretch, in, bytes);
        return bytes;
    }

    private void make(Stretch stretch, InputStream in, OutputStream target) throws IOException {
        try (SegmentSink sink = sinks.open(stretch, target)) {
            encoder.encode(stretch.restart(), in, sink);
        } catch (MismatchException e) {
            throw new StretchException(stretch, e);
        }
    }

    private static ByteArrayOutputStream take(Future<ByteArrayOutputStream> future) throws IOException {
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
