package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.HttpSettings;
import dev.dray.http.Limits;
import dev.dray.http.Response;
import dev.dray.http.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients can take together, and who gets it when it is short.
@Timeout(60)
final class BudgetsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HALF = "G";

    private static TestServer server(UnaryOperator<Limits> limits) throws IOException {
        return TestServer.start(
                request -> Response.text(200, "text/plain", "hello"),
                settings -> settings.withLimits(limits.apply(settings.limits())));
    }

    private static List<RawClient> halfHeads(TestServer server, String address, int count) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = server.connectFrom(address);
            clients.add(client);
            client.send(HALF);
        }
        return clients;
    }

    private static void close(List<RawClient> clients) throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("the condition did not come true in time")
                    .isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void oneClientMayHaveThreeQuartersOfTheConnectionsAndTheRestIsForOthers() throws Exception {
        try (TestServer server = server(limits -> limits.withConnections(32))) {
            List<RawClient> many = halfHeads(server, "127.0.0.2", 24);
            try (RawClient refused = server.connectFrom("127.0.0.2");
                    RawClient other = server.connectFrom("127.0.0.3")) {
                assertThat(refused.isCutOff()).isTrue();
                assertThat(other.send(GET).reply().status()).isEqualTo(200);
                for (RawClient one : many) {
                    assertThat(one.send("ET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                    .reply()
                                    .status())
                            .isEqualTo(200);
                }
            } finally {
                close(many);
            }
        }
    }

    @Test
    void newcomerDisplacesAWaitingConnectionOfTheClientThatHasMost() throws Exception {
        try (TestServer server = server(limits -> limits.withConnections(32))) {
            List<RawClient> many = halfHeads(server, "127.0.0.2", 24);
            List<RawClient> few = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                few.addAll(halfHeads(server, "127.0.0." + (10 + i), 2));
            }
            try (RawClient newcomer = server.connectFrom("127.0.0.3")) {
                assertThat(newcomer.send(GET).reply().status()).isEqualTo(200);
                assertThat(many.getFirst().isCutOff()).isTrue();
                assertThat(few.getFirst()
                                .send("ET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                .reply()
                                .status())
                        .isEqualTo(200);
            } finally {
                close(many);
                close(few);
            }
        }
    }

    @Test
    void requestUnderWayIsNotDisplaced() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(4);
        try (TestServer server = TestServer.start(
                request -> {
                    entered.countDown();
                    assertThat(proceed.await(20, TimeUnit.SECONDS)).isTrue();
                    return Response.of(200);
                },
                settings -> settings.withLimits(settings.limits().withConnections(4)))) {
            List<RawClient> busy = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                busy.add(server.connectFrom(i < 3 ? "127.0.0.2" : "127.0.0.4").send(GET));
            }
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            try (RawClient newcomer = server.connectFrom("127.0.0.3")) {
                assertThat(newcomer.isCutOff()).isTrue();
                proceed.countDown();
                for (RawClient one : busy) {
                    assertThat(one.reply().status()).isEqualTo(200);
                }
            } finally {
                close(busy);
            }
        }
    }

    @Test
    void halfHeadHoldsItsOwnBytesAndNoWholeBuffer() throws Exception {
        try (TestServer server = server(UnaryOperator.identity())) {
            List<RawClient> many = halfHeads(server, "127.0.0.2", 100);
            HeldBytes held = server.netty().engine.held;
            await(() -> held.count() >= 100);
            assertThat(held.count()).isLessThan(100 * 1024);
            close(many);
            await(() -> held.count() == 0);
        }
    }

    @Test
    void halfHeadsBeyondTheBudgetLoseTheirConnections() throws Exception {
        String long2 = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000);
        try (TestServer server = server(limits -> limits.withMemory(limits.slabBytes(), 256 << 10))) {
            List<RawClient> many = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                many.add(server.connectFrom("127.0.0.2").send(long2));
            }
            try (RawClient other = server.connectFrom("127.0.0.3")) {
                HeldBytes held = server.netty().engine.held;
                await(() -> held.count() <= 256 << 10);
                await(() -> isAnswered(other));
            } finally {
                close(many);
            }
        }
    }

    private static boolean isAnswered(RawClient client) {
        try {
            return client.send(GET).reply().status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void requestsBehindTheFirstAreNotReadToTheEndOfMemory() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        try (TestServer server = TestServer.start(request -> {
                    assertThat(proceed.await(20, TimeUnit.SECONDS)).isTrue();
                    return Response.of(200);
                });
                RawClient client = server.connect()) {
            client.send(GET);
            Thread flood = Thread.ofPlatform().daemon().start(() -> {
                try {
                    client.send(new byte[16 << 20]);
                } catch (IOException e) {
                    // the server closes it in the end
                }
            });
            HeldBytes held = server.netty().engine.held;
            await(() -> held.count() > 0);
            Thread.sleep(300);
            assertThat(held.count()).isLessThanOrEqualTo(512 << 10);
            proceed.countDown();
            flood.join(Duration.ofSeconds(20));
        }
    }

    private static HttpSettings demanding(HttpSettings settings) {
        return settings.withLimits(settings.limits()
                .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .withLeastRate(1000));
    }

    @Test
    void bodyThatComesByDropsIsCutOff() throws Exception {
        try (TestServer server = TestServer.start(
                        request -> Response.text(
                                200, "text/plain", "" + request.body().readAll(100_000).length),
                        BudgetsTest::demanding);
                RawClient client = server.connect()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
            long start = System.nanoTime();
            boolean open = true;
            while (open && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(15)) {
                Thread.sleep(100);
                try {
                    client.send("x");
                } catch (IOException e) {
                    open = false;
                }
            }
            assertThat(server.exchange().status()).isEqualTo(408);
        }
    }

    @Test
    void streamsBeyondTheBudgetAreToldToComeAgain() throws Exception {
        try (TestServer server = TestServer.start(
                request -> Response.of(200).body(new ResponseBody.Streamed(endless(), 1L << 40)),
                settings -> settings.withLimits(settings.limits().withStreams(4)))) {
            List<RawClient> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RawClient reader = server.connectFrom("127.0.0." + (2 + i)).send(GET);
                readers.add(reader);
                assertThat(reader.firstByte()).isEqualTo('H');
            }
            try (RawClient late = server.connectFrom("127.0.0.9")) {
                RawClient.Reply reply = late.send(GET).reply();
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isNotEmpty();
            } finally {
                close(readers);
            }
        }
    }

    private static InputStream endless() {
        return new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return length;
            }
        };
    }

    @Test
    void loopThatEndsIsSaidToBeTheEnd() throws Exception {
        try (TestServer server = server(UnaryOperator.identity())) {
            var _ = server.netty().loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            assertThat(server.failure()).hasMessageMatching("an event loop has ended|the listening socket was closed");
        }
    }
}
