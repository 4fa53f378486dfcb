package dev.dray.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// One request and its reply, as the access log receives them.
///
/// @param start when the first byte of the request arrived
/// @param line the request line; its parts are empty when it could not be read
/// @param status of the reply; 0 when none was sent
/// @param bytesRead bytes of the request that arrived, head included; over TLS, after decryption
/// @param bytesWritten bytes of the reply that were sent, head and interim replies included, before encryption
/// @param duration from the first byte of the request to the last of the reply
/// @param notes the handler's attributes; `refused` says why the server itself rejected the request
public record Exchange(
        Instant start,
        Peer peer,
        RequestLine line,
        int status,
        long bytesRead,
        long bytesWritten,
        Duration duration,
        Map<String, String> notes) {

    /// The reason for refusing a TLS handshake on a port without TLS: not a request at all, but the probe that
    /// docker and others send first.
    public static final String TLS_GREETING = "a TLS greeting on a port without TLS";

    /// The parts of a request line as sent.
    public record RequestLine(String method, String target, String version) {}

    public Exchange {
        notes = Map.copyOf(notes);
    }

    /// True when the client only probed for TLS.
    public boolean isTlsGreeting() {
        return TLS_GREETING.equals(notes.get("refused"));
    }
}
