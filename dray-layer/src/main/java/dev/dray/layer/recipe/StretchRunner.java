package dev.dray.layer.recipe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
/// At most two stretches for each worker wait in memory. A stretch longer than 16 MiB, which is one without
/// checkpoints, is made by the caller's thread when its turn comes, and streams.
final class StretchRunner {
    private static final long BUFFERED = 16L << 20;

    private final StretchEncoder encoder;
    private final int workers;

    StretchRunner(StretchEncoder encoder, int workers) {
        this.encoder = encoder;
        this.workers = workers;
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

        /// Where the wrong segment begins.
        long offset() {
            return offset;
        }
    }

    void run(List<Stretch> stretches, OutputStream target) throws IOException {
        if (workers == 1 || stretches.size() == 1) {
            for (Stretch stretch : stretches) {
                inline(stretch, target);
            }
            return;
        }
        ExecutorService executor = Executors.newFixedThreadPool(workers);
        try {
            parallel(stretches, target, executor);
        } finally {
            executor.shutdownNow();
            executor.close();
        }
    }

    private void parallel(List<Stretch> stretches, OutputStream target, ExecutorService executor) throws IOException {
        Deque<Future<ByteArrayOutputStream>> waiting = new ArrayDeque<>();
        int submitted = 0;
        for (int i = 0; i < stretches.size(); i++) {
            while (submitted < stretches.size() && waiting.size() < 2 * workers && buffered(stretches.get(submitted))) {
                Stretch stretch = stretches.get(submitted++);
                waiting.add(executor.submit(() -> make(stretch)));
            }
            if (waiting.isEmpty()) {
                submitted++;
                inline(stretches.get(i), target);
            } else {
                take(waiting.remove()).writeTo(target);
            }
        }
    }

    private static boolean buffered(Stretch stretch) {
        return stretch.end() - stretch.offset() <= BUFFERED;
    }

    private void inline(Stretch stretch, OutputStream target) throws IOException {
        if (buffered(stretch)) {
            make(stretch).writeTo(target);
        } else {
            make(stretch, target);
        }
    }

    private ByteArrayOutputStream make(Stretch stretch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) (stretch.end() - stretch.offset()));
        make(stretch, bytes);
        return bytes;
    }

    private void make(Stretch stretch, OutputStream target) throws IOException {
        try {
            encoder.encode(stretch.first().restart(), new SegmentSink(stretch.segments(), target));
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
