package dev.dray.layer.pipeline;

import dev.dray.model.DrayException;
import dev.dray.model.io.BulkOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Passes plain bytes on and marks failures of their target, so that the reader of a blob does not take them for
/// damage of the blob.
final class PlainTarget extends BulkOutputStream {
    private final OutputStream target;

    PlainTarget(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (DrayException e) {
            throw new TargetFailure(e);
        }
    }

    /// A failure of the target, on its way through the reader of the blob.
    static final class TargetFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final DrayException failure;

        TargetFailure(DrayException failure) {
            super(failure);
            this.failure = failure;
        }

        DrayException failure() {
            return failure;
        }
    }
}
