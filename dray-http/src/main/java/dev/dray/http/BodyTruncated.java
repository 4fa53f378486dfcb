package dev.dray.http;

import java.io.IOException;
import java.util.OptionalLong;

/// The connection ended, broke or timed out before the request body was complete.
public final class BodyTruncated extends IOException {
    private static final long serialVersionUID = 1L;

    private final long received;
    private final long expected;

    /// @param reason the cause: `the client closed the connection`
    /// @param received bytes of the body that arrived
    /// @param expected bytes announced; absent for a chunked body
    public BodyTruncated(String reason, long received, OptionalLong expected) {
        super("the request body was cut off after " + received + " bytes"
                + (expected.isPresent() ? " of " + expected.getAsLong() : "") + ": " + reason);
        this.received = received;
        this.expected = expected.orElse(-1);
    }

    /// Bytes of the body that arrived.
    public long received() {
        return received;
    }

    /// Bytes announced; absent for a chunked body.
    public OptionalLong expected() {
        return expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected);
    }
}
