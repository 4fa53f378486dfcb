package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.BlockEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// The blocks of pgzip: each restarts the encoder with the last 16 KiB before it, and ends with a flush; the last one
/// ends the stream behind its flush. An input of a whole number of blocks, none included, has an empty last block more.
///
/// Not thread safe: each worker takes its own.
final class PgzipEncoder implements BlockEncoder {
    static final int DICTIONARY = 16 << 10;

    private final int blockSize;
    private final Engine engine;
    private final BlockWriter writer;
    private final Outlet outlet;

    PgzipEncoder(int blockSize, Engine engine, BlockWriter writer, Outlet outlet) {
        this.blockSize = blockSize;
        this.engine = engine;
        this.writer = writer;
        this.outlet = outlet;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public int dictionarySize() {
        return DICTIONARY;
    }

    @Override
    public void encode(byte[] plain, int dictionaryStart, int start, int end, boolean last, OutputStream out)
            throws IOException {
        outlet.lead(out);
        boolean done = false;
        try {
            writer.reset();
            engine.restart(plain, Math.max(dictionaryStart, start - DICTIONARY), start);
            engine.write(plain, start, end - start);
            engine.flush();
            writer.flush();
            if (last) {
                writer.finish();
            }
            done = true;
        } finally {
            if (!done) {
                writer.abandon();
            }
            outlet.lead(OutputStream.nullOutputStream());
        }
    }

    /// Leads to the sink of the block at work, so that one writer serves all blocks.
    static final class Outlet extends OutputStream {
        private OutputStream sink = OutputStream.nullOutputStream();

        private void lead(OutputStream out) {
            sink = out;
        }

        @Override
        public void write(int value) throws IOException {
            sink.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sink.write(bytes, offset, length);
        }
    }
}
