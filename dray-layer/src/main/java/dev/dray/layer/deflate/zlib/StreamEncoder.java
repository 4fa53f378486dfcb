package dev.dray.layer.deflate.zlib;

import dev.dray.layer.deflate.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// One parser over the whole stream: zlib, Node's zlib and GNU gzip. Holds about half a megabyte. Not thread safe.
final class StreamEncoder implements DeflateEncoder {
    private final Parser parser;
    private final BlockWriter writer;

    StreamEncoder(Level level, SlidingWindow window, Dialect dialect, OutputStream sink) {
        this.writer = new BlockWriter(sink);
        this.parser = Parser.of(level, window, dialect, writer);
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        parser.feed(plain, offset, length);
    }

    @Override
    public void finish() throws IOException {
        parser.parseRest(true);
        writer.finish();
    }
}
