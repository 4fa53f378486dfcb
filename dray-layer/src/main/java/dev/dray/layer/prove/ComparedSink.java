package dev.dray.layer.prove;

import dev.dray.layer.rebuild.MismatchException;
import dev.dray.layer.rebuild.SegmentRun;
import dev.dray.layer.rebuild.SegmentSink;
import dev.dray.model.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// A sink that knows the blob already, so that a wrong encoder is stopped at its first wrong byte and
/// not at the end of a segment. Not thread safe; closes the blob.
final class ComparedSink extends SegmentSink {
    private final InputStream blob;
    private final long end;
    private byte[] expected = new byte[0];

    ComparedSink(SegmentRun stretch, ByteSource blob, OutputStream target) throws IOException {
        super(stretch.segments(), target);
        this.blob = blob.open(stretch.offset());
        this.end = stretch.end();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (full()) {
            return;
        }
        int wanted = (int) Math.min(length, end - offset());
        if (expected.length < wanted) {
            expected = new byte[wanted];
        }
        int known = blob.readNBytes(expected, 0, wanted);
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
