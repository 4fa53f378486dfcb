package dev.dray.http;

import java.io.IOException;

/// A request body exceeds the handler's limit.
public final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    public BodyTooLarge(long limit) {
        super("the request body is longer than " + limit + " bytes");
        this.limit = limit;
    }

    /// The limit in bytes.
    public long limit() {
        return limit;
    }
}
