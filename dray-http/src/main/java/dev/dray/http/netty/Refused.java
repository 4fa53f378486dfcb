package dev.dray.http.netty;

/// A request that the server itself rejects, ending its connection: malformed, beyond a limit, or too slow.
///
/// Carries no stack trace, because clients cause it at will.
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
