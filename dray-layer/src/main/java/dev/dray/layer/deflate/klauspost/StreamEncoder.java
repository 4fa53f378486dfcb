package dev.dray.layer.deflate.klauspost;

import dev.dray.layer.deflate.DeflateEncoder;
import java.io.IOException;

/// One raw deflate stream: what the encoder's writer gives that is written to and closed.
final class StreamEncoder implements DeflateEncoder {
    private final Engine engine;
    private final BlockWriter out;

    StreamEncoder(Engine engine, BlockWriter out) {
        this.engine = engine;
        this.out = out;
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        engine.write(plain, offset, length);
    }

    @Override
    public void finish() throws IOException {
        engine.close();
        out.finish();
    }
}
