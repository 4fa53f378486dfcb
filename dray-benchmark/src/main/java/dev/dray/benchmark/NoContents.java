package dev.dray.benchmark;

import dev.dray.layer.tar.ContentSink;
import dev.dray.model.Digest;

/// Drops the contents of a layer.
final class NoContents implements ContentSink {
    @Override
    public void begin() {}

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void end(Digest digest, long size) {}
}
