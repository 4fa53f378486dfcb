package dev.dray.layer.prove;

import dev.dray.layer.rebuild.MismatchException;
import dev.dray.layer.rebuild.SegmentRun;
import dev.dray.layer.rebuild.SegmentSink;
import dev.dray.model.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// A sink that compares with the blob itself, and so stops a wrong encoder at its first wrong byte, not at the end of a
/// segment. Not thread safe; closes the blob.
final class ComparedSink extends SegmentSink {
    private final InputStream blob;
    private final long end;
    private byte[] expected = new byte[0];

    ComparedSink(SegmentRun run, ByteSource blob, OutputStream target) throws IOException {
        super(run.segments(), target);
        this.blob = blob.open(run.offset());
        this.end = run.end();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (full()) {
            return;
        }
        int count = (int) Math.min(length, end - offset());
        if (expected.length < count) {
            expected = new byte[count];
        }
        int known = blob.readNBytes(expected, 0, count);
        int different = Arrays.mismatch(bytes, offset, offset + known, expected, 0, known);
        if (different >= 0) {
            throw new MismatchException(offset() + different);
        }
        super.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        blob.close();
    }
}
