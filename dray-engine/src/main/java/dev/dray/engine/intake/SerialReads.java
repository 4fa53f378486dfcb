package dev.dray.engine.intake;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.BulkFilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Serialises the reading of contents: a stream holds the wire from its opening to its last byte. Work on the bytes
/// after that blocks no other stream.
///
/// Many streams at once share the wire and all end late; one by one the first is complete early, and work on it begins.
/// Thread safe, fair.
final class SerialReads {
    private final Semaphore wire = new Semaphore(1, true);

    /// The content, whose streams wait for their turn.
    Content of(Content content) {
        return new Content() {
            @Override
            public Digest digest() {
                return content.digest();
            }

            @Override
            public long size() {
                return content.size();
            }

            @Override
            public InputStream open(long offset) throws IOException {
                acquire();
                Turn turn = new Turn();
                try {
                    return new Turned(content.open(offset), size() - offset, turn);
                } catch (IOException | RuntimeException e) {
                    turn.end();
                    throw e;
                }
            }
        };
    }

    private void acquire() {
        try {
            wire.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(DrayException.Kind.CANCELLED, "the work was interrupted", e);
        }
    }

    /// Having the wire, once.
    private final class Turn {
        private final AtomicBoolean over = new AtomicBoolean();

        void end() {
            if (over.compareAndSet(false, true)) {
                wire.release();
            }
        }
    }

    private static final class Turned extends BulkFilterInputStream {
        private final Turn turn;
        private long left;

        Turned(InputStream in, long left, Turn turn) {
            super(in);
            this.left = left;
            this.turn = turn;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            left -= Math.max(read, 0);
            if (read < 0 || left <= 0) {
                turn.end();
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                turn.end();
            }
        }
    }
}
