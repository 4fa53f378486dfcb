package dev.dray.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.RawBytes;
import dev.dray.testkit.ScriptedServer;
import dev.dray.testkit.ScriptedServer.Step;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryingTransportTest {
    private static final Step BUSY = ScriptedServer.reply(503, "busy").with("Retry-After", "0");
    private static final Step FINE = ScriptedServer.reply(200, "fine");

    private final TrafficMeter meter = TrafficMeter.create();

    private static ApacheTransport connections() {
        return ApacheTransport.open(
                new TransportOptions(Path.of("/nowhere"), Map.of(), Duration.ofSeconds(20), 4, "dray-test"));
    }

    private HttpRequest get(ScriptedServer server) {
        return HttpRequest.of("GET", URI.create("http://" + server.host() + "/"), meter);
    }

    private static int status(Transport transport, HttpRequest request) throws IOException {
        try (HttpReply reply = transport.execute(request)) {
            return reply.status();
        }
    }

    @Test
    void failuresOfTheServerAndBrokenConnectionsAreRepeated() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(BUSY, new Step.Reset(), ScriptedServer.reply(502, ""), FINE);
                ApacheTransport connections = connections()) {
            Transport transport = new RetryingTransport(connections, 3, Duration.ofMillis(1));

            assertThat(status(transport, get(server))).isEqualTo(200);
            assertThat(meter.read().requests()).containsEntry("GET", 4L);
        }
    }

    @Test
    void repetitionsAreBounded() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(BUSY, BUSY, BUSY, FINE);
                ApacheTransport connections = connections()) {
            Transport transport = new RetryingTransport(connections, 2, Duration.ofMillis(1));

            assertThat(status(transport, get(server))).isEqualTo(503);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aPauseOfHoursIsNotTaken() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(ScriptedServer.reply(429, "").with("Retry-After", "7200"), FINE);
                ApacheTransport connections = connections()) {
            assertThat(status(new RetryingTransport(connections, 2, Duration.ofMillis(1)), get(server)))
                    .isEqualTo(429);
        }
    }

    @Test
    void bodiesAreSentAgain() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(BUSY, FINE);
                ApacheTransport connections = connections()) {
            HttpRequest put = HttpRequest.of("PUT", URI.create("http://" + server.host() + "/x"), meter)
                    .sending(RequestBody.of(RawBytes.utf8("words")))
                    .once();

            assertThat(status(new RetryingTransport(connections, 2, Duration.ofMillis(1)), put))
                    .isEqualTo(200);
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::body)
                    .containsExactly("words", "words");
            assertThat(meter.read().bodyBytesSent()).isEqualTo(10);
            assertThat(meter.read().bytesSent()).isGreaterThan(100);
            assertThat(meter.read().bytesReceived()).isGreaterThan(60);
        }
    }

    @Test
    void whatIsNotRepeatableBreaksWithTheConnection() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(new Step.Reset(), FINE);
                ApacheTransport connections = connections()) {
            Transport transport = new RetryingTransport(connections, 2, Duration.ofMillis(1));
            HttpRequest once = get(server).once();

            assertThatThrownBy(() -> transport.execute(once)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        Clock noon = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

        assertThat(RetryAfter.parse(" 7 ", noon)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse("Tue, 24 Nov 2026 12:00:30 GMT", noon)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Tue, 24 Nov 2026 11:00:30 GMT", noon)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", noon)).isEmpty();
    }

    @Test
    void aServerThatStopsTakingBytesIsGivenUp() throws IOException {
        RequestBody endless = new RequestBody() {
            @Override
            public long length() {
                return Long.MAX_VALUE;
            }

            @Override
            public InputStream open() {
                return new InputStream() {
                    @Override
                    public int read() {
                        return 0;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        return length;
                    }
                };
            }
        };
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ApacheTransport connections = ApacheTransport.open(
                        new TransportOptions(Path.of("/nowhere"), Map.of(), Duration.ofMillis(500), 4, "dray-test"))) {
            HttpRequest put = HttpRequest.of("PUT", URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/x"), meter)
                    .sending(endless)
                    .once();

            assertThatThrownBy(() -> connections.execute(put))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("stopped taking bytes");
        }
    }
}
