package dev.dray.http.netty;

import dev.dray.http.Exchange;
import dev.dray.http.Peer;
import dev.dray.http.RequestAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// One exchange in progress.
final class OpenExchange {
    final InboundBody body;
    final RequestAttributes notes = new RequestAttributes();
    final boolean headOnly;
    final boolean http10;
    final boolean expectsContinue;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final Exchange.RequestLine line;
    private final AtomicLong written = new AtomicLong();
    private volatile int status;
    private volatile boolean closing;
    private boolean continued;
    private boolean replied;
    private final AtomicReference<Runnable> charge = new AtomicReference<>(() -> {});

    OpenExchange(Exchange.RequestLine line, InboundBody body, boolean keepAlive, boolean expectsContinue) {
        this.line = line;
        this.body = body;
        this.headOnly = line.method().equals("HEAD");
        this.http10 = line.version().equals("HTTP/1.0");
        this.expectsContinue = expectsContinue;
        this.closing = !keepAlive;
    }

    void status(int status) {
        this.status = status;
    }

    void wrote(long bytes) {
        written.addAndGet(bytes);
    }

    /// Whether the connection ends with this exchange.
    boolean isClosing() {
        return closing;
    }

    void close() {
        closing = true;
    }

    /// Whether the client still waits for 100 Continue. On the event loop.
    boolean takeContinue() {
        boolean first = expectsContinue && !continued && !replied;
        continued = true;
        return first;
    }

    /// Whether the whole reply has been written. On the event loop.
    boolean isReplied() {
        return replied;
    }

    /// Has `release` run once, when the reply is over or can no longer be sent.
    void charge(Runnable release) {
        charge.set(release);
    }

    void discharge() {
        charge.getAndSet(() -> {}).run();
    }

    void replied() {
        replied = true;
    }

    Exchange finish(Peer peer, long bytesRead) {
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
        return new Exchange(start, peer, line, status, bytesRead, written.get(), duration, notes.values());
    }

    String describe() {
        return line.method() + " " + line.target();
    }
}
