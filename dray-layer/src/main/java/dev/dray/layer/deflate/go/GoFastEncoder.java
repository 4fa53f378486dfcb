package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// Level 1: blocks of 65,535 bytes, each parsed by [GoFastMatcher].
///
/// A block in which matches save less than a sixteenth is coded without them. A last block of fewer than 128
/// bytes is never parsed; up to 16 bytes are stored.
final class GoFastEncoder implements DeflateEncoder {
    private static final int POSITION_LIMIT = 1 << 30;
    private static final int PARSED_FROM = 128;
    private static final int STORED_UP_TO = 16;
    private static final int START = GoFastMatcher.BLOCK;

    private final GoFastMatcher matcher;
    private final GoBlockWriter writer;
    private int filled;

    GoFastEncoder(OutputStream out) {
        this(out, POSITION_LIMIT);
    }

    GoFastEncoder(OutputStream out, int positionLimit) {
        this.matcher = new GoFastMatcher(positionLimit);
        this.writer = new GoBlockWriter(new BitWriter(out));
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, GoFastMatcher.BLOCK - filled);
            System.arraycopy(plain, offset + done, matcher.bytes, START + filled, part);
            filled += part;
            done += part;
            if (filled == GoFastMatcher.BLOCK) {
                block();
            }
        }
    }

    @Override
    public void finish() throws IOException {
        if (filled >= PARSED_FROM) {
            block();
        } else if (filled > STORED_UP_TO) {
            writer.literalsUnlessStored(matcher.bytes, START, START + filled);
        } else if (filled > 0) {
            writer.stored(matcher.bytes, START, START + filled);
        }
        writer.end();
    }

    private void block() throws IOException {
        matcher.parse(filled);
        int end = START + filled;
        if (matcher.count > filled - (filled >> 4)) {
            writer.literalsUnlessStored(matcher.bytes, START, end);
        } else {
            writer.dynamicUnlessStored(matcher.tokens, matcher.count, matcher.bytes, START, end);
        }
        filled = 0;
    }
}
