package dev.dray.layer.rebuild;

import java.io.IOException;

/// Stops an encoder that writes other bytes than the blob has.
public final class MismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /// @param offset the first wrong byte, or the beginning of a wrong segment, in the blob
    public MismatchException(long offset) {
        super("other bytes at " + offset);
        this.offset = offset;
    }

    long offset() {
        return offset;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
