package dev.dray.client.transport;

import dev.dray.model.DrayException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.core5.http.NoHttpResponseException;

/// Repeats requests that may succeed later: after 429 and server failures, with the pause in `Retry-After`, and after
/// broken connections. Bodies are sent again, since they can be reopened.
///
/// A request that is not repeatable is repeated only when the server refused it for now (429, 503): any other failure
/// may have broken its upload session, which the caller starts anew.
public final class RetryingTransport implements Transport {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
    private static final Set<Integer> REFUSED_FOR_NOW = Set.of(429, 503);
    private static final Set<Integer> FAILED = Set.of(408, 429, 500, 502, 503, 504);

    private final Transport transport;
    private final int retries;
    private final Duration backoff;

    public RetryingTransport(Transport transport, int retries, Duration backoff) {
        this.transport = transport;
        this.retries = retries;
        this.backoff = backoff;
    }

    @Override
    public HttpReply execute(HttpRequest request) throws IOException {
        for (int attempt = 0; ; attempt++) {
            Duration pause = pause(attempt);
            try {
                HttpReply reply = transport.execute(request);
                Set<Integer> worthRepeating = request.repeatable() ? FAILED : REFUSED_FOR_NOW;
                if (!worthRepeating.contains(reply.status()) || attempt >= retries) {
                    return reply;
                }
                Optional<Duration> asked =
                        reply.header("Retry-After").flatMap(text -> RetryAfter.parse(text, Clock.systemUTC()));
                if (asked.isPresent() && asked.get().compareTo(LONGEST_PAUSE) > 0) {
                    return reply;
                }
                reply.close();
                pause = asked.orElse(pause);
            } catch (IOException e) {
                if (attempt >= retries || !request.repeatable() || !isWorthRepeating(e)) {
                    throw e;
                }
                if (attempt == 0 && e instanceof NoHttpResponseException) {
                    continue; // most likely a kept connection, closed just as the request left
                }
            }
            sleep(pause, request);
        }
    }

    private static boolean isWorthRepeating(IOException failure) {
        return !(failure instanceof ShortBodyException)
                && !(failure instanceof java.net.UnknownHostException)
                && !(failure instanceof java.net.ConnectException)
                && !(failure instanceof javax.net.ssl.SSLException)
                && !Thread.currentThread().isInterrupted();
    }

    /// Doubles each time; up to half of it is random, so that many clients do not return at once.
    private Duration pause(int attempt) {
        long full = backoff.toMillis() << Math.min(attempt, 10);
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private static void sleep(Duration pause, HttpRequest request) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DrayException(DrayException.Kind.CANCELLED, request.line() + " was interrupted", e);
        }
    }
}
