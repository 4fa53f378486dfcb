package dev.dray.layer.deflate.zlib;

import static dev.dray.layer.deflate.zlib.ZlibEncoders.MEMORY_LEVEL;

import dev.dray.layer.deflate.BlockEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// The blocks of pigz: zlib's, each begun anew with the 32 KiB before it as dictionary, and ended on a byte.
///
/// Holds about half a megabyte and is used by one thread at a time; it is cheap to create one for each.
final class PigzEncoder implements BlockEncoder {
    private static final byte[] NOTHING = {};

    private final int blockSize;
    private final boolean independent;
    private final Target target = new Target();
    private final BlockWriter writer = new BlockWriter(target);
    private final SlidingWindow window = new SlidingWindow(ZlibEncoders.hashBits(MEMORY_LEVEL));
    private final Parser parser;

    PigzEncoder(Level level, int blockSize, boolean independent) {
        this.blockSize = blockSize;
        this.independent = independent;
        this.parser = Parser.of(level, window, Dialect.zlib(ZlibEncoders.tokens(MEMORY_LEVEL)), writer);
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public int dictionarySize() {
        return independent ? 0 : SlidingWindow.SIZE;
    }

    @Override
    public void encode(byte[] plain, int dictionaryStart, int start, int end, boolean last, OutputStream out)
            throws IOException {
        begin(plain, dictionaryStart, start, out);
        piece(plain, start, end, last);
        end();
    }

    /// Begins a block; its pieces follow, then [#end].
    void begin(byte[] plain, int dictionaryStart, int start, OutputStream out) {
        target.sink = out;
        writer.restart();
        window.reset();
        parser.reset();
        if (!independent) {
            window.dictionary(plain, dictionaryStart, start);
        }
    }

    /// Encodes a part of a block and ends it on a byte.
    void piece(byte[] plain, int start, int end, boolean last) throws IOException {
        feed(plain, start, end);
        endPiece(last);
    }

    /// Takes bytes of a piece.
    void feed(byte[] plain, int start, int end) throws IOException {
        parser.feed(plain, start, end - start);
    }

    /// Ends a piece on a byte.
    void endPiece(boolean last) throws IOException {
        parser.parseRest(last);
        if (last) {
            return;
        }
        if (independent) {
            writer.stored(NOTHING, 0, 0, false);
            writer.stored(NOTHING, 0, 0, false);
            window.reset();
        } else if ((writer.pendingBits() & 1) != 0) {
            writer.stored(NOTHING, 0, 0, false);
        } else {
            while (writer.pendingBits() != 0) {
                writer.emptyFixed();
            }
        }
    }

    /// Gives the rest of the block to the sink.
    void end() throws IOException {
        writer.finish();
    }

    /// The sink of the block at hand, so that one writer serves all blocks.
    private static final class Target extends OutputStream {
        private OutputStream sink = OutputStream.nullOutputStream();

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
