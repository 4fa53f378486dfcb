package dev.dray.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.http.BodyTruncated;
import dev.dray.http.Exchange;
import dev.dray.http.Handler;
import dev.dray.http.Request;
import dev.dray.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies arrive whole and in order, or are reported as truncated.
final class RequestBodyTest {

    /// Answers with length and checksum of the bytes that the sink received.
    private static Response checksum(Request request) throws IOException {
        CRC32 checksum = new CRC32();
        long[] seen = new long[1];
        long count = request.body().drainTo(slab -> {
            seen[0] += slab.remaining();
            checksum.update(slab);
        });
        return Response.text(200, "text/plain", count + " " + seen[0] + " " + checksum.getValue());
    }

    private static String expected(byte[] body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return body.length + " " + body.length + " " + checksum.getValue();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String put(long length) {
        return "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 65_536, 65_537, 1 << 20, (1 << 20) + 1, 20_000_000})
    void bodyOfKnownLengthReachesTheSinkWhole(int length) throws IOException {
        byte[] body = random(length);
        try (TestServer server = TestServer.start(RequestBodyTest::checksum);
                RawClient client = server.connect()) {
            client.send(put(length)).send(body);

            assertThat(client.reply().body()).isEqualTo(expected(body));
        }
    }

    @Test
    void bodyThatIsReadWholeWhileItArrivesNeverStalls() throws IOException {
        byte[] body = random(3_900_000);
        try (TestServer server = TestServer.start(request -> Response.text(
                        200, "text/plain", Integer.toString(request.body().readAll(4 << 20).length)));
                RawClient client = server.connect()) {
            for (int i = 0; i < 60; i++) {
                client.send(put(body.length)).send(body);

                assertThat(client.reply().body()).isEqualTo("3900000");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 100_000, 3_000_000})
    void bodyInChunksReachesTheSinkWhole(int length) throws IOException {
        byte[] body = random(length);
        try (TestServer server = TestServer.start(RequestBodyTest::checksum);
                RawClient client = server.connect()) {
            client.send("PATCH /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < length; at += 70_000) {
                int size = Math.min(70_000, length - at);
                client.send(Integer.toHexString(size) + ";extension=1\r\n");
                client.send(Arrays.copyOfRange(body, at, at + size)).send("\r\n");
            }
            client.send("0\r\nTrailer: 1\r\n\r\n");

            assertThat(client.reply().body()).isEqualTo(expected(body));
            assertThat(client.send(put(0)).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void smallPoolServesManyBodiesAtOnce() throws IOException {
        byte[] body = random(5_000_000);
        try (TestServer server = TestServer.start(
                RequestBodyTest::checksum,
                settings -> settings.withLimits(TestServer.limits(Duration.ofSeconds(30), 1 << 20)))) {
            RawClient[] clients = new RawClient[8];
            for (int at = 0; at < clients.length; at++) {
                clients[at] = server.connect();
            }
            try {
                Thread[] senders = new Thread[clients.length];
                for (int at = 0; at < clients.length; at++) {
                    RawClient client = clients[at];
                    senders[at] = Thread.startVirtualThread(() -> sendQuietly(client, body));
                }
                for (RawClient client : clients) {
                    assertThat(client.reply().body()).isEqualTo(expected(body));
                }
            } finally {
                for (RawClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private static void sendQuietly(RawClient client, byte[] body) {
        try {
            client.send(put(body.length)).send(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bodyLongerThanTheLimitIsAnsweredWith413() throws IOException {
        try (TestServer server = TestServer.start(request -> {
                    request.body().readAll(10);
                    return Response.of(200);
                });
                RawClient client = server.connect()) {
            assertThat(client.send(put(11)).send("hello world").reply().status())
                    .isEqualTo(413);
            client.send(
                    "PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(413);
        }
    }

    @Test
    void truncatedBodySaysHowManyOfHowMany() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (TestServer server = TestServer.start(keeping(thrown))) {
            try (RawClient client = server.connect()) {
                client.send(put(3_000_000)).send(new byte[2_000_000]);
            }

            Throwable cut = thrown.get(10, TimeUnit.SECONDS);
            assertThat(cut).isInstanceOf(BodyTruncated.class).hasMessageContaining("2000000 bytes of 3000000");
            assertThat(((BodyTruncated) cut).received()).isEqualTo(2_000_000);
        }
    }

    @Test
    void resetWithinABodyIsATruncation() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (TestServer server = TestServer.start(keeping(thrown));
                RawClient client = server.connect()) {
            client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(100);
            client.send("some").reset();

            assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(BodyTruncated.class);
            assertThat(server.exchange().status()).isZero();
        }
    }

    @Test
    void stalledBodyIsAnsweredWith408() throws Exception {
        try (TestServer server = TestServer.start(RequestBodyTest::checksum, TestServer::impatient);
                RawClient client = server.connect()) {
            client.send(put(3_000_000)).send(new byte[100_000]);

            assertThat(client.reply().status()).isEqualTo(408);
            Exchange exchange = server.exchange();
            assertThat(exchange.status()).isEqualTo(408);
            assertThat(exchange.bytesRead()).isEqualTo(put(3_000_000).length() + 100_000);
        }
    }

    @Test
    void failureOfTheSinkReachesTheHandlerAndStopsTheBody() throws Exception {
        try (TestServer server = TestServer.start(request -> {
                    try {
                        request.body().drainTo(slab -> {
                            throw new IOException("the disk is full");
                        });
                        return Response.of(200);
                    } catch (IOException e) {
                        return Response.text(507, "text/plain", String.valueOf(e.getMessage()));
                    }
                });
                RawClient client = server.connect()) {
            client.send(put(8_000_000)).send(new byte[8_000_000]);

            RawClient.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(507);
            assertThat(reply.body()).isEqualTo("the disk is full");
        }
    }

    private static Handler keeping(CompletableFuture<Throwable> thrown) {
        return request -> {
            try {
                return checksum(request);
            } catch (IOException e) {
                thrown.complete(e);
                throw e;
            }
        };
    }
}
