package dev.dray.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// One request and its reply, as the access log gets it.
///
/// @param start when the first byte of the request had come
/// @param line the request line; its parts are empty when it could not be read
/// @param status of the reply; 0 when none was sent
/// @param bytesRead bytes of the request that came, head included; for a connection over TLS, after
///     decryption
/// @param bytesWritten bytes of the reply that were sent, head and interim replies included, before
///     encryption
/// @param duration from the first byte of the request to the last of the reply
/// @param notes what the handler noted; `refused` says why the server itself did not take the request
public record Exchange(
        Instant start,
        Peer peer,
        RequestLine line,
        int status,
        long bytesRead,
        long bytesWritten,
        Duration duration,
        Map<String, String> notes) {

    /// Why an exchange was refused whose client began a TLS handshake where none is spoken: no request at all, but what
    /// docker and others send first to find out.
    public static final String TLS_GREETING = "a TLS greeting on a port without TLS";

    /// The parts of a request line as they were sent.
    public record RequestLine(String method, String target, String version) {}

    public Exchange {
        notes = Map.copyOf(notes);
    }

    /// True when the client only tried whether TLS is spoken here.
    public boolean isTlsGreeting() {
        return TLS_GREETING.equals(notes.get("refused"));
    }
}
