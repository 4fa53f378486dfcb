package dev.dray.client.transport;

import java.io.IOException;
import java.io.Serial;

/// The content to send ended before its length. The fault is local, so a repetition cannot help.
public final class ShortBodyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    ShortBodyException(long length, long sent) {
        super("content ended after %d of %d bytes".formatted(sent, length));
    }
}
