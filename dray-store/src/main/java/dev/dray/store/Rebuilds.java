package dev.dray.store;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The blobs that are being made for readers at the moment, each on a platform thread. Thread safe.
///
/// A reader joins the making of the blob whose window holds the place where it begins; one that is overtaken by the
/// window goes on with a making of its own, which may be shared again. A making ends with its last reader.
final class Rebuilds implements AutoCloseable {
    private final Making making;
    private final KeptForms forms;
    private final List<Running> running = new ArrayList<>();
    private int started;
    private boolean closed;

    /// @param forms hears of blobs that cannot be made
    Rebuilds(Making making, KeptForms forms) {
        this.making = making;
        this.forms = forms;
    }

    private record Running(Digest blob, RebuildWindow window, Thread thread) {}

    /// Opens a blob from a byte on; the caller closes.
    InputStream open(Digest blob, long size, long offset) {
        return new Reader(blob, size, offset);
    }

    /// How many makings were begun so far.
    int started() {
        synchronized (running) {
            return started;
        }
    }

    private RebuildWindow.Seat seat(Digest blob, long offset) {
        synchronized (running) {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            for (Running candidate : running) {
                if (candidate.blob().equals(blob)) {
                    var seat = candidate.window().join(offset);
                    if (seat.isPresent()) {
                        return seat.get();
                    }
                }
            }
            RebuildWindow window = new RebuildWindow(offset);
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
    }

    private void run(Digest blob, long offset, RebuildWindow window) {
        try {
            making.make(blob, offset, window);
            window.end();
        } catch (IOException | RuntimeException | Error e) {
            fail(blob, window, e);
        } finally {
            synchronized (running) {
                running.removeIf(ended -> ended.window() == window);
            }
        }
    }

    /// Marks the blob before any reader hears of it.
    private void fail(Digest blob, RebuildWindow window, Throwable cause) {
        try {
            if (cause instanceof DrayException failure && failure.kind() == Kind.CORRUPT) {
                forms.markBroken(blob, failure);
            }
        } finally {
            window.fail(cause);
        }
    }

    /// Ends what is being made; readers fail.
    @Override
    public void close() {
        List<Running> rest;
        synchronized (running) {
            closed = true;
            rest = List.copyOf(running);
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

    /// One reader, at its own place.
    private final class Reader extends InputStream {
        private final Digest blob;
        private final long size;
        private long position;
        private RebuildWindow.Seat seat;
        private boolean ended;

        Reader(Digest blob, long size, long offset) {
            this.blob = blob;
            this.size = size;
            this.position = offset;
            this.seat = Rebuilds.this.seat(blob, offset);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (ended) {
                throw new IOException("the stream is closed");
            }
            if (length == 0 || position == size) {
                return length == 0 ? 0 : -1;
            }
            int count = seat.read(target, offset, length);
            while (count == RebuildWindow.OVERTAKEN) {
                seat.leave();
                seat = seat(blob, position);
                count = seat.read(target, offset, length);
            }
            if (count < 0) {
                throw new IOException("blob %s ended at byte %d of %d".formatted(blob, position, size));
            }
            position += count;
            return count;
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                seat.leave();
            }
        }
    }
}
