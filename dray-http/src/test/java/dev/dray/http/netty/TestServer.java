package dev.dray.http.netty;

import dev.dray.http.Exchange;
import dev.dray.http.Handler;
import dev.dray.http.HttpServer;
import dev.dray.http.HttpSettings;
import dev.dray.http.Limits;
import dev.dray.http.ListenAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A server on a free loopback port that records its log.
final class TestServer implements AutoCloseable {
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private TestServer(Handler handler, UnaryOperator<HttpSettings> refine, Transport transport) throws IOException {
        HttpSettings settings = HttpSettings.listen(new ListenAddress.Tcp("127.0.0.1", 0))
                .withAccessLog(exchanges::add)
                .withErrors((what, failure) -> failures.add(failure));
        this.server = NettyHttpServer.start(refine.apply(settings), handler, transport);
    }

    static TestServer start(Handler handler) throws IOException {
        return new TestServer(handler, settings -> settings, Transport.best());
    }

    static TestServer start(Handler handler, UnaryOperator<HttpSettings> refine) throws IOException {
        return new TestServer(handler, refine, Transport.best());
    }

    static TestServer start(Handler handler, Transport transport) throws IOException {
        return new TestServer(handler, settings -> settings, transport);
    }

    /// Settings with short timeouts.
    static HttpSettings impatient(HttpSettings settings) {
        return settings.withLimits(limits(Duration.ofMillis(200), Limits.DEFAULT.slabBytes()));
    }

    /// The default limits with other timeouts and another budget for bodies.
    static Limits limits(Duration timeout, long slabBytes) {
        return Limits.DEFAULT
                .withTimeouts(timeout, timeout)
                .withLeastRate(0)
                .withMemory(slabBytes, Limits.DEFAULT.heldBytes());
    }

    HttpServer server() {
        return server;
    }

    NettyHttpServer netty() {
        return (NettyHttpServer) server;
    }

    /// A client at another loopback address.
    RawClient connectFrom(String address) throws IOException {
        return RawClient.to(server, address);
    }

    RawClient connect() throws IOException {
        return RawClient.to(server);
    }

    /// The next completed exchange, in order.
    Exchange exchange() throws InterruptedException {
        Exchange exchange = exchanges.poll(10, TimeUnit.SECONDS);
        if (exchange == null) {
            throw new AssertionError("no exchange was logged");
        }
        return exchange;
    }

    /// The next reported failure.
    Throwable failure() throws InterruptedException {
        Throwable failure = failures.poll(10, TimeUnit.SECONDS);
        if (failure == null) {
            throw new AssertionError("no failure was reported");
        }
        return failure;
    }

    /// The reported failures that no test has read yet.
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        server.close(Duration.ZERO);
    }
}
