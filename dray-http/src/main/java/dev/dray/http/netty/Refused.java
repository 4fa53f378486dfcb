package dev.dray.http.netty;

/// A request that is answered by the server itself and ends its connection: malformed, beyond a limit, or too
/// slow.
///
/// Carries no stack trace: clients cause it at will.
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
